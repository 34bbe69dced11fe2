package io.itinera.jobs.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Fence;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.Seen.Furthest;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/** The tables {@code runs} and {@code run_stages}: what ran, and what it had seen. */
final class Ledger {

  static final String SUCCEEDED = "succeeded";
  static final String SKIPPED = "skipped";
  static final String FAILED = "failed";
  static final String RUNNING = "running";

  /** What commits bear that are no stage's. */
  static final String LABEL = "ledger";

  private static final String NAME = "name";
  private static final String FURTHEST = "furthest";

  private final Lake lake;

  /** When the last stage in the ledger ended: none may seem to have ended before it. */
  private Instant latest = Instant.EPOCH;

  Ledger(Lake lake) {
    this.lake = lake;
  }

  /** Lets nothing be noted from now on that {@code fence} does not let through. */
  void guardBy(Fence fence) {
    lake.guardBy(fence);
  }

  /** What each stage had seen when it last succeeded, by the stage's name. */
  Map<String, Seen> seen() {
    lake.begin(LABEL);
    Map<String, Seen> seen = new HashMap<>();
    Dataset<Row> last =
        succeeded()
            .groupBy(RunStages.STAGE)
            .agg(
                max_by(
                        struct(
                            RunStages.AS_OF,
                            RunStages.RULES_HASH,
                            RunStages.BASIS,
                            RunStages.INPUTS),
                        struct(RunStages.ENDED_AT, RunStages.RUN_ID))
                    .as(NAME),
                max(struct(RunStages.AS_OF, RunStages.ENDED_AT, RunStages.RUN_ID)).as(FURTHEST),
                max(RunStages.ENDED_AT));
    for (Row row : last.collectAsList()) {
      latest = later(latest, row.getTimestamp(3).toInstant());
      seen.put(row.getString(0), seen(row));
    }
    return seen;
  }

  private static Seen seen(Row row) {
    Row last = row.getStruct(1);
    Row furthest = row.getStruct(2);
    return new Seen(
        last.getDate(0).toLocalDate(),
        last.getString(1),
        // Runs before bases were noted.
        last.isNullAt(2) ? "" : last.getString(2),
        last.<String, Long>getJavaMap(3),
        new Furthest(furthest.getDate(0).toLocalDate(), furthest.getString(2)));
  }

  /** Version that each table had after the last stage that succeeded in writing it. */
  Map<String, Long> expectedVersions() {
    lake.begin(LABEL);
    return succeeded()
        .select(explode(col(RunStages.OUTPUTS)).as(new String[] {NAME, "version"}))
        .groupBy(NAME)
        .agg(max("version"))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  /** Labels, as on commits, of the stages among {@code labels} that succeeded. */
  Set<String> succeededAmong(Set<String> labels) {
    return succeeded()
        .select(functions.concat_ws("/", col(RunStages.RUN_ID), col(RunStages.STAGE)).as(NAME))
        .where(col(NAME).isin(labels.toArray()))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** Notes that {@code run} has begun, and that runs which never ended were broken off. */
  void begin(RunRow run) {
    lake.begin(LABEL);
    List<Row> broken =
        lake.read(Runs.TABLE).where(col(Runs.STATUS).equalTo(RUNNING)).collectAsList();
    if (!broken.isEmpty()) {
      replace(broken.stream().map(Ledger::failed).toList());
    }
    lake.append(Runs.TABLE, dataset(Runs.TABLE, List.of(row(run))));
  }

  /** Notes how {@code run} ended. */
  void end(RunRow run) {
    lake.begin(LABEL);
    replace(List.of(row(run)));
  }

  /** Notes how a stage went. */
  void add(StageRow stage) {
    Row row =
        RowFactory.create(
            stage.night().runId(),
            stage.report().stage(),
            Timestamp.from(stage.startedAt()),
            Timestamp.from(ended()),
            stage.report().status(),
            stage.report().seconds(),
            stage.report().rowsRead(),
            stage.report().rowsWritten(),
            stage.inputs(),
            stage.outputs(),
            stage.error(),
            Date.valueOf(stage.night().asOf()),
            stage.rulesHash(),
            stage.report().cpuSeconds(),
            stage.basis());
    lake.begin(LABEL);
    lake.append(RunStages.TABLE, dataset(RunStages.TABLE, List.of(row)));
  }

  /**
   * Now, but later than all stages before. What a stage has seen is told by the one that ended
   * last, and a clock may be set back, or another machine's may lag behind.
   */
  private Instant ended() {
    latest = later(Instant.now(), latest.plusMillis(1));
    return latest;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** A row of {@code runs}. */
  record RunRow(
      String runId,
      String command,
      LocalDate asOf,
      Instant startedAt,
      Instant endedAt,
      String status,
      String error,
      String configHash,
      String codeVersion) {}

  /** A row of {@code run_stages}. */
  record StageRow(
      Night night,
      StageReport report,
      Instant startedAt,
      Map<String, Long> inputs,
      Map<String, Long> outputs,
      String rulesHash,
      String basis,
      String error) {}

  private Dataset<Row> succeeded() {
    return lake.read(RunStages.TABLE).where(col(RunStages.STATUS).equalTo(SUCCEEDED));
  }

  private void replace(List<Row> rows) {
    String ids =
        rows.stream()
            .map(row -> "'" + row.getString(0) + "'")
            .collect(Collectors.joining(", ", "run_id IN (", ")"));
    lake.replaceUnchecked(Runs.TABLE, Slice.where(ids), dataset(Runs.TABLE, rows));
  }

  private Dataset<Row> dataset(Table table, List<Row> rows) {
    return lake.spark().createDataFrame(rows, table.schema());
  }

  private static Row failed(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    values[row.fieldIndex(Runs.STATUS)] = FAILED;
    values[row.fieldIndex(Runs.ERROR)] = "broken off before it ended";
    return RowFactory.create(values);
  }

  private static Row row(RunRow run) {
    return RowFactory.create(
        run.runId(),
        run.command(),
        Date.valueOf(run.asOf()),
        Timestamp.from(run.startedAt()),
        run.endedAt() == null ? null : Timestamp.from(run.endedAt()),
        run.status(),
        run.error(),
        run.configHash(),
        run.codeVersion());
  }
}
