package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.itinera.core.map.Candidates;
import io.itinera.core.map.FlagBots;
import io.itinera.core.settle.CollectEvidence;
import io.itinera.core.settle.CountSourceDays;
import io.itinera.core.settle.PickWinners;
import io.itinera.core.settle.Restated;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.EvidenceKind;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.SourceDays;
import io.itinera.core.table.Tombstones;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.ingest.IngestJob.Batch;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.lake.Staged;
import io.itinera.jobs.night.StageContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Puts the night's touchpoints where they belong. */
final class StoreTouchpoints {

  private static final String DELIVERED_ID = "delivered_id";

  private StoreTouchpoints() {}

  /**
   * The stored touchpoints that the candidates may deliver again or withdraw: those of their
   * sources and days, and where a source may move its records to other days, those days too.
   *
   * @param restated what the rewritten files among the candidates' had brought, on whatever days
   */
  static Dataset<Row> stored(
      Lake lake, List<SourceRules> sources, Dataset<Row> candidates, Optional<Restated> restated) {
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE);
    if (!lake.wasWritten(Touchpoints.TABLE)) {
      return touchpoints;
    }
    Column touchpoint = col(Candidates.TOUCHPOINT);
    Dataset<Row> delivered =
        candidates
            .where(touchpoint.isNotNull())
            .select(
                touchpoint.getField(Touchpoints.TOUCHPOINT_ID).as(Touchpoints.TOUCHPOINT_ID),
                touchpoint.getField(Touchpoints.SOURCE).as(Touchpoints.SOURCE),
                touchpoint.getField(Touchpoints.EVENT_DATE).as(Touchpoints.EVENT_DATE));
    Set<LocalDate> days = days(delivered.select(Touchpoints.EVENT_DATE));
    restated.ifPresent(
        open ->
            days.addAll(
                days(
                    open.held()
                        .union(open.others())
                        .where(col(RecordFiles.EVENT_DATE).isNotNull())
                        .select(RecordFiles.EVENT_DATE))));
    Object[] dated = dated(sources);
    if (dated.length > 0) {
      Dataset<Row> withdrawn =
          candidates
              .where(col(Candidates.TOMBSTONE).isNotNull())
              .select(Candidates.TOMBSTONE + "." + Touchpoints.TOUCHPOINT_ID);
      Dataset<Row> ids =
          delivered
              .where(col(Touchpoints.SOURCE).isin(dated))
              .select(Touchpoints.TOUCHPOINT_ID)
              .union(withdrawn)
              .select(col(Touchpoints.TOUCHPOINT_ID).as(DELIVERED_ID));
      days.addAll(
          days(
              lake.read(TouchpointDates.TABLE)
                  .join(
                      ids,
                      col(TouchpointDates.TOUCHPOINT_ID).equalTo(col(DELIVERED_ID)),
                      "left_semi")
                  .select(TouchpointDates.EVENT_DATE)));
    }
    Object[] owners = sources.stream().map(SourceRules::name).toArray();
    return touchpoints.where(isOn(days)).where(col(Touchpoints.SOURCE).isin(owners));
  }

  /**
   * Writes new rows, replaces changed and removes withdrawn ones, and sums up their days anew.
   *
   * @param taken days of what was taken back, which must be summed up anew, too
   */
  static void store(
      StageContext context, Batch batch, MappedFiles.Settled mapped, Set<LocalDate> taken) {
    Lake lake = context.lake();
    List<SourceRules> sources = context.config().sources();
    Dataset<Row> winners =
        PickWinners.touchpoints(
                batch.candidates(mapped.candidates()), batch.contests(), batch.touchpoints())
            .withColumn(
                Touchpoints.LOADED_RUN_ID,
                coalesce(col(Touchpoints.LOADED_RUN_ID), lit(context.night().runId())));
    // The wide rows are joined again for each write; which they are is asked more often.
    Dataset<Row> keys =
        winners
            .select(
                Touchpoints.TOUCHPOINT_ID,
                Touchpoints.SOURCE,
                Touchpoints.EVENT_DATE,
                PickWinners.REPLACED_DATE)
            .transform(HoldRows::of);
    Dataset<Row> withdrawn = PickWinners.withdrawn(batch.contests()).transform(HoldRows::of);
    DayMoves moves = DayMoves.of(keys, withdrawn).with(mapped.days());
    Set<LocalDate> coming = moves.coming();
    Set<LocalDate> going = moves.going();
    if (Candidates.kinds(sources).contains(Candidates.TOMBSTONE)
        || lake.wasWritten(Tombstones.TABLE)) {
      storeTombstones(context, batch);
    }
    if (coming.isEmpty() && going.isEmpty() && taken.isEmpty()) {
      return;
    }
    // Of what nobody contests, settling has found each id once.
    boolean areAllNew =
        !batch.areContested()
            && taken.isEmpty()
            && lake.hasNone(Touchpoints.TABLE, Slice.of(Touchpoints.TABLE, coming));
    moves.remember(lake, dated(sources), keys.union(keysOf(lake, mapped.ready())), withdrawn);
    if (!going.isEmpty()) {
      Dataset<Row> replaced =
          keys.where(col(PickWinners.REPLACED_DATE).isNotNull())
              .select(Touchpoints.TOUCHPOINT_ID)
              .union(withdrawn.select(Touchpoints.TOUCHPOINT_ID))
              .transform(HoldRows::toJoin);
      Dataset<Row> staying =
          Touchpoints.TABLE.without(lake.read(Touchpoints.TABLE).where(isOn(going)), replaced);
      lake.replacePartitions(Touchpoints.TABLE, going, staying, winners.where(isOn(going)));
    }
    if (going.containsAll(moves.comingByRow())) {
      lake.append(Touchpoints.TABLE, mapped.ready());
    } else {
      lake.append(Touchpoints.TABLE, mapped.ready(), winners.where(not(isOn(going))));
    }
    coming.addAll(going);
    coming.addAll(taken);
    flagBots(context, coming);
    coming.addAll(StoreOrders.store(context, coming));
    writeEvidence(context, coming);
    if (!areAllNew) {
      lake.checkKeys(Touchpoints.TABLE, lake.read(Touchpoints.TABLE).where(isOn(coming)));
    }
  }

  private static Dataset<Row> keysOf(Lake lake, Staged ready) {
    return lake.read(ready)
        .select(
            col(Touchpoints.TOUCHPOINT_ID),
            col(Touchpoints.SOURCE),
            col(Touchpoints.EVENT_DATE),
            lit(null).cast("date").as(PickWinners.REPLACED_DATE));
  }

  /** Whether a device is too fast for a person shows only when all of its day is there. */
  private static void flagBots(StageContext context, Set<LocalDate> days) {
    Lake lake = context.lake();
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE).where(isOn(days));
    HeldRows held =
        HoldRows.dated(
            FlagBots.marks(touchpoints, context.config().raw().bots()), Touchpoints.EVENT_DATE);
    Set<LocalDate> touched = held.days();
    if (touched.isEmpty()) {
      return;
    }
    Dataset<Row> marks = held.toJoin();
    Dataset<Row> ofTheseDays = lake.read(Touchpoints.TABLE).where(isOn(touched));
    lake.replacePartitions(
        Touchpoints.TABLE,
        touched,
        Touchpoints.TABLE.without(ofTheseDays, marks),
        FlagBots.marked(ofTheseDays, marks));
  }

  private static void storeTombstones(StageContext context, Batch batch) {
    Lake lake = context.lake();
    Dataset<Row> coming =
        PickWinners.tombstones(batch.candidates(), batch.contests(), lake.read(Tombstones.TABLE))
            .withColumn(Tombstones.LOADED_RUN_ID, lit(context.night().runId()))
            .transform(HoldRows::of);
    HeldRows overruled =
        HoldRows.counted(
            PickWinners.overruledTombstones(batch.contests())
                .union(coming.select(Tombstones.TOUCHPOINT_ID)));
    if (overruled.areNone()) {
      return;
    }
    Dataset<Row> staying =
        Tombstones.TABLE.without(lake.read(Tombstones.TABLE), overruled.toJoin());
    lake.overwrite(Tombstones.TABLE, staying.unionByName(Tombstones.TABLE.conform(coming)));
  }

  private static void writeEvidence(StageContext context, Set<LocalDate> days) {
    Lake lake = context.lake();
    Dataset<Row> touchpoints = lake.read(Touchpoints.TABLE).where(isOn(days));
    lake.replace(
        Evidence.TABLE,
        Slice.of(Evidence.TABLE, days)
            .within(Evidence.KIND, List.of(EvidenceKind.TOUCHPOINT.text())),
        CollectEvidence.ofTouchpoints(touchpoints, context.config().raw()));
    lake.replace(
        SourceDays.TABLE,
        Slice.of(SourceDays.TABLE, days),
        CountSourceDays.count(touchpoints, context.config().identity().personTypes()));
  }

  /** The distinct days in the only column of {@code rows}. */
  static Set<LocalDate> days(Dataset<Row> rows) {
    return rows.distinct().collectAsList().stream()
        .map(row -> LocalDate.parse(String.valueOf(row.<Object>getAs(0))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Column isOn(Set<LocalDate> days) {
    return col(Touchpoints.EVENT_DATE).isin(days.toArray());
  }

  /** Names of the sources whose touchpoints must be found without their day. */
  static Object[] dated(List<SourceRules> sources) {
    Stream<String> own =
        sources.stream()
            .filter(SourceRules::needsDates)
            .filter(source -> source.touchpoint().stream().anyMatch(b -> b.recordId().isPresent()))
            .map(SourceRules::name);
    Stream<String> deleted =
        sources.stream()
            .flatMap(source -> source.touchpoint().stream())
            .flatMap(block -> block.of().stream());
    return Stream.concat(own, deleted).distinct().toArray();
  }
}
