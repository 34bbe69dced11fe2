package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.settle.IndexRecords;
import io.itinera.core.settle.Restated;
import io.itinera.core.settle.SettleDeliveries;
import io.itinera.core.settle.Witnesses;
import io.itinera.core.source.DeliveryRules.Rewritten;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.QualityWarning;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.ingest.Arrivals.Delivered;
import io.itinera.jobs.ingest.IngestJob.Batch;
import io.itinera.jobs.ingest.MappedFiles.Days;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.read.RawFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what a night's files bring against what is stored. Where files were written anew, what
 * they had brought is open again: a record may have its winner in a third file, which is read again
 * for it.
 */
final class Settlement {

  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

  private static final StructType FILES =
      new StructType()
          .add(RecordFiles.SOURCE, DataTypes.StringType)
          .add(RecordFiles.PATH, DataTypes.StringType);

  private final StageContext context;
  private final Arrivals arrivals;
  private final Map<String, SourceRules> sources;

  private Settlement(StageContext context, Arrivals arrivals) {
    this.context = context;
    this.arrivals = arrivals;
    this.sources =
        context.config().sources().stream()
            .collect(Collectors.toMap(SourceRules::name, Function.identity()));
  }

  /**
   * Settles {@code mapped}, the records of all {@code arrivals}.
   *
   * @throws TooManyWithdrawnException if a file that was written anew lacks too much
   */
  static Batch settle(StageContext context, Arrivals arrivals, MappedFiles mapped) {
    Settlement settlement = new Settlement(context, arrivals);
    return settlement.areAllNew(mapped)
        ? settlement.uncontested(mapped.candidates())
        : settlement.settled(mapped.candidates());
  }

  /**
   * Whether it shows without a look at the records that none of them is contested: where all bring
   * different touchpoints, on days on which none are stored yet, as a first load does.
   */
  private boolean areAllNew(MappedFiles mapped) {
    Lake lake = context.lake();
    List<Object> dated = List.of(StoreTouchpoints.dated(context.config().sources()));
    return mapped.accounts().areDistinct()
        && restated().isEmpty()
        && arrivals.sources().stream().map(SourceRules::name).noneMatch(dated::contains)
        && !lake.wasWritten(Tombstones.TABLE)
        && lake.hasNone(
            Touchpoints.TABLE,
            Slice.of(
                Touchpoints.TABLE, mapped.uncontested().days().stream().map(Days::day).toList()));
  }

  private Batch uncontested(Dataset<Row> delivered) {
    Lake lake = context.lake();
    Dataset<Row> contests = lake.spark().createDataFrame(List.of(), SettleDeliveries.CONTESTS);
    return new Batch(delivered, contests, lake.read(Touchpoints.TABLE).limit(0)).uncontested();
  }

  private Batch settled(Dataset<Row> delivered) {
    List<SourceRules> all = context.config().sources();
    Optional<Restated> restated = restated();
    Dataset<Row> touchpoints = StoreTouchpoints.stored(context.lake(), all, delivered, restated);
    SettleDeliveries.Stored stored = stored(touchpoints);
    if (restated.isEmpty()) {
      HeldRows contests = HoldRows.counted(SettleDeliveries.contests(delivered, stored, all));
      Batch batch = new Batch(delivered, contests.toJoin(), touchpoints);
      return contests.areNone() ? batch.uncontested() : batch;
    }
    Dataset<Row> contests =
        SettleDeliveries.contests(delivered, stored, all, restated.get())
            .transform(HoldRows::toJoin);
    requireFewWithdrawn(restated.get().lost(contests));
    Dataset<Row> wanted =
        Witnesses.wanted(contests, restated.get().others()).transform(HoldRows::of);
    List<Row> files =
        wanted.select(RecordFiles.SOURCE, RecordFiles.PATH).distinct().collectAsList();
    if (files.isEmpty()) {
      return new Batch(delivered, contests, touchpoints).restatedWith(Optional.empty());
    }
    Map<SourceRules, List<RawFile>> readable = readable(files);
    List<Row> unreadable = unreadable(files, readable);
    Dataset<Row> standing = contests;
    List<Dataset<Row>> witnesses = new ArrayList<>();
    if (!unreadable.isEmpty()) {
      Dataset<Row> lost = frame(unreadable);
      sayUnreadable(unreadable);
      standing = Witnesses.withStoredInsteadOf(contests, lost).transform(HoldRows::of);
      witnesses.add(
          Witnesses.withdrawals(
                  wanted.join(broadcast(lost), FILES.fieldNames(), "left_semi"),
                  ids(touchpoints),
                  delivered.schema())
              .transform(HoldRows::of));
    }
    if (!readable.isEmpty()) {
      witnesses.add(
          Witnesses.among(Arrivals.candidates(context, readable), wanted).transform(HoldRows::of));
    }
    return new Batch(delivered, standing, touchpoints)
        .restatedWith(witnesses.stream().reduce(Dataset::union));
  }

  /** touchpoint_id and record_id of what is stored or withdrawn. */
  private Dataset<Row> ids(Dataset<Row> touchpoints) {
    return touchpoints
        .select(Tombstones.TOUCHPOINT_ID, Tombstones.RECORD_ID)
        .union(
            context
                .lake()
                .read(Tombstones.TABLE)
                .select(Tombstones.TOUCHPOINT_ID, Tombstones.RECORD_ID))
        .distinct();
  }

  private SettleDeliveries.Stored stored(Dataset<Row> touchpoints) {
    Lake lake = context.lake();
    return new SettleDeliveries.Stored(
        touchpoints,
        lake.wasWritten(Tombstones.TABLE)
            ? Optional.of(lake.read(Tombstones.TABLE))
            : Optional.empty(),
        lake.read(Profiles.TABLE),
        lake.read(CampaignCosts.TABLE));
  }

  private Optional<Restated> restated() {
    List<Row> replaced =
        arrivals.rewritten().stream()
            .filter(
                file -> sources.get(file.source()).deliveries().rewritten() == Rewritten.REPLACES)
            .map(file -> RowFactory.create(file.source(), file.path()))
            .toList();
    if (replaced.isEmpty()) {
      return Optional.empty();
    }
    Lake lake = context.lake();
    Dataset<Row> current =
        IndexRecords.current(
            lake.read(RecordFiles.TABLE), lake.read(LoadedFiles.TABLE), context.config().sources());
    return Optional.of(Restated.of(current, frame(replaced)));
  }

  private void requireFewWithdrawn(Dataset<Row> lost) {
    for (Row row : lost.where(col(Restated.LOST).gt(0)).collectAsList()) {
      Delivered file = new Delivered(row.getString(0), row.getString(1));
      SourceRules source = sources.get(file.source());
      long held = row.getLong(2);
      long gone = row.getLong(3);
      boolean isTooMuch = gone > source.deliveries().maxWithdrawnShare() * held;
      // Who reads a file again under other rules knows that its records become others.
      if (isTooMuch && !arrivals.reloaded().contains(file)) {
        throw new TooManyWithdrawnException(source, file.path(), held, gone);
      }
    }
  }

  /** Those of {@code files} that are there, as their configured sources list them. */
  private Map<SourceRules, List<RawFile>> readable(List<Row> files) {
    Map<String, Set<String>> paths = new LinkedHashMap<>();
    files.forEach(
        row ->
            paths
                .computeIfAbsent(row.getString(0), name -> new LinkedHashSet<>())
                .add(row.getString(1)));
    Map<SourceRules, List<RawFile>> readable = new LinkedHashMap<>();
    paths.forEach(
        (name, wanted) -> {
          if (sources.containsKey(name)) {
            SourceRules source = sources.get(name);
            List<RawFile> found =
                RawFiles.list(context.lake().spark(), source, file -> wanted.contains(file.path()));
            if (!found.isEmpty()) {
              readable.put(source, found);
            }
          }
        });
    return readable;
  }

  private static List<Row> unreadable(List<Row> files, Map<SourceRules, List<RawFile>> readable) {
    Set<Delivered> found = new LinkedHashSet<>();
    readable.forEach(
        (source, list) ->
            list.forEach(file -> found.add(new Delivered(source.name(), file.path()))));
    return files.stream()
        .filter(row -> !found.contains(new Delivered(row.getString(0), row.getString(1))))
        .toList();
  }

  /** What is stored stays for want of a better one: that is worth a word, but no reason to stop. */
  private void sayUnreadable(List<Row> files) {
    List<Row> checks = new ArrayList<>();
    for (Row file : files) {
      LOG.warn(
          "Source {}: records that a rewritten file no longer holds are in {} too, which is not"
              + " there any more; they stay as they are",
          file.getString(0),
          file.getString(1));
      checks.add(
          new QualityWarning(
                  RecordFiles.TABLE,
                  "%s, source %s, can be read again"
                      .formatted(file.getString(1), file.getString(0)),
                  "it is not there; records stay as a rewritten file had brought them, unless it"
                      + " withdraws them",
                  "there")
              .row(context.night().runId()));
    }
    context.lake().append(QualityChecks.TABLE, checks);
  }

  private Dataset<Row> frame(List<Row> files) {
    return context.lake().spark().createDataFrame(files, FILES);
  }
}
