package io.itinera.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.map.AccountRows;
import io.itinera.core.map.MapRecords;
import io.itinera.core.map.PlainTouchpoints;
import io.itinera.core.settle.PickWinners;
import io.itinera.core.settle.RecordCount;
import io.itinera.core.table.RecordFiles;
import io.itinera.core.table.RejectedRecords;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Staged;
import io.itinera.jobs.lake.TaskFiles;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.util.CollectionAccumulator;

/**
 * What the records of a night's files would become, computed once. Touchpoints are written into
 * their table's folder while records are mapped, so that nearly all need only be committed, and so
 * is what is written down of each record; all else is put aside.
 */
final class MappedFiles {

  private static final String FILE = "file";
  private static final String CONTESTED = "contested_id";
  private static final String IS_CONTESTED = "is_contested";

  private final Lake lake;
  private final Staged touchpoints;
  private final Dataset<Row> others;
  private final Accounts accounts;

  private MappedFiles(Lake lake, Staged touchpoints, Dataset<Row> others, Accounts accounts) {
    this.lake = lake;
    this.touchpoints = touchpoints;
    this.others = others;
    this.accounts = accounts;
  }

  /**
   * What is written down of records.
   *
   * @param counts how many there are of each kind; what several tasks have counted stands apart
   * @param rejected files of {@link RejectedRecords}
   * @param held files of {@link RecordFiles}
   * @param areDistinct whether each brings a touchpoint or nothing, and these have different ids;
   *     false, too, where nobody has found out
   */
  record Accounts(List<RecordCount> counts, Staged rejected, Staged held, boolean areDistinct) {}

  /**
   * Maps {@code candidates}, each of which is computed now.
   *
   * @param candidates rows of {@link io.itinera.core.map.Candidates}
   * @param runId the run that loads them
   */
  static MappedFiles of(Lake lake, RDD<InternalRow> candidates, String runId) {
    SparkSession spark = (SparkSession) lake.spark();
    CollectionAccumulator<RecordCount> counts = spark.sparkContext().collectionAccumulator();
    TaskFiles touchpoints = lake.files(Touchpoints.TABLE, PlainTouchpoints.schema());
    TaskFiles others = lake.aside(MapRecords.schema());
    TaskFiles rejected = lake.files(RejectedRecords.TABLE, RejectedRecords.TABLE.schema());
    TaskFiles held = lake.files(RecordFiles.TABLE, RecordFiles.TABLE.schema());
    PlainTouchpoints plain = new PlainTouchpoints(runId);
    AccountRows accounts =
        new AccountRows(runId, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    CollectionAccumulator<long[]> ids = spark.sparkContext().collectionAccumulator();
    JavaRDD<InternalRow> rows = candidates.toJavaRDD();
    int mostIds = SeenIds.MOST / Math.max(1, rows.getNumPartitions());
    SQLExecution.withSQLConfPropagated(
        spark,
        () -> {
          rows.foreachPartition(
              part -> {
                SeenIds seen = new SeenIds(mostIds);
                PartCandidates parted =
                    new PartCandidates(
                        plain,
                        accounts,
                        new PartCandidates.Files(
                            touchpoints.ofTask(),
                            others.ofTask(),
                            rejected.ofTask(),
                            held.ofTask()),
                        seen);
                part.forEachRemaining(parted::add);
                parted.end().forEach(counts::add);
                ids.add(seen.all());
              });
          return null;
        });
    return new MappedFiles(
        lake,
        lake.staged(touchpoints),
        lake.readAside(others),
        new Accounts(
            List.copyOf(counts.value()),
            lake.staged(rejected),
            lake.staged(held),
            others.areNone() && SeenIds.areDistinct(ids.value())));
  }

  /** What was written down of all of them. */
  Accounts accounts() {
    return accounts;
  }

  /** All that are not rejected, as rows of {@link io.itinera.core.map.Candidates}. */
  Dataset<Row> candidates() {
    return candidates(touchpoints);
  }

  private Dataset<Row> candidates(Staged some) {
    return some.areNone() ? others : PlainTouchpoints.candidates(lake.read(some)).union(others);
  }

  /**
   * What is to be done with the touchpoints.
   *
   * @param ready files that need only be committed
   * @param candidates all that is not in these
   * @param days on which touchpoints of which source are in them
   */
  record Settled(Staged ready, Dataset<Row> candidates, List<Days> days) {}

  /** A source, and a day (2026-01-31) on which it has touchpoints. */
  record Days(String source, String day) {}

  /** All touchpoints, of which none is contested. */
  Settled uncontested() {
    List<Days> days =
        accounts.counts().stream()
            .filter(RecordCount::isPlain)
            .map(count -> new Days(count.source(), LocalDate.ofEpochDay(count.day()).toString()))
            .distinct()
            .toList();
    return new Settled(touchpoints, others, days);
  }

  /**
   * Finds the files in which nothing is contested.
   *
   * @param contests what came of the records that were delivered more than once, ready to be joined
   */
  Settled settled(Dataset<Row> contests) {
    if (touchpoints.areNone()) {
      return new Settled(touchpoints, others, List.of());
    }
    Dataset<Row> contested =
        contests
            .where(col(PickWinners.KIND).equalTo(PickWinners.OF_TOUCHPOINT))
            .select(col(PickWinners.ID).as(CONTESTED));
    List<Row> found =
        lake.read(touchpoints)
            .select(
                col(Touchpoints.TOUCHPOINT_ID),
                col(Touchpoints.SOURCE),
                col(Touchpoints.EVENT_DATE).cast("string").as(Touchpoints.EVENT_DATE),
                element_at(split(input_file_name(), "/"), -1).as(FILE))
            .join(contested, col(Touchpoints.TOUCHPOINT_ID).equalTo(col(CONTESTED)), "left")
            .select(
                col(FILE),
                col(Touchpoints.SOURCE),
                col(Touchpoints.EVENT_DATE),
                col(CONTESTED).isNotNull().as(IS_CONTESTED))
            .distinct()
            .collectAsList();
    Set<String> mixed = new TreeSet<>();
    found.stream().filter(row -> row.getBoolean(3)).forEach(row -> mixed.add(row.getString(0)));
    Set<Days> days = new LinkedHashSet<>();
    found.stream()
        .filter(row -> !mixed.contains(row.getString(0)))
        .forEach(row -> days.add(new Days(row.getString(1), row.getString(2))));
    return new Settled(
        touchpoints.without(mixed), candidates(touchpoints.among(mixed)), new ArrayList<>(days));
  }

  /** Removes all of it, of which nothing was committed. */
  void discard() {
    lake.discard(accounts.rejected());
    lake.discard(accounts.held());
    clear(touchpoints.among(Set.of()));
  }

  /** Removes what was not committed of them. */
  void clear(Staged committed) {
    lake.discard(touchpoints.without(committed.names()));
    lake.clearAside();
  }
}
