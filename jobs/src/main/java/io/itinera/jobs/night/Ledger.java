package io.itinera.jobs.night;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Runs;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Fence;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.SeenInputs.Furthest;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The tables {@code runs} and {@code run_stages}: what ran, and what it had seen. */
final class Ledger {

  /** What commits bear that are no stage's. */
  static final String LABEL = "ledger";

  private static final int RUN_ID = Runs.TABLE.schema().fieldIndex(Runs.RUN_ID);
  private static final int STATUS = Runs.TABLE.schema().fieldIndex(Runs.STATUS);

  private final Lake lake;

  /** Rows of stages that are noted with the next one that must be. */
  private final List<Row> held = new ArrayList<>();

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
  Map<String, SeenInputs> seen() {
    lake.begin(LABEL);
    Map<String, List<Succeeded>> stages =
        succeeded().stream().collect(Collectors.groupingBy(Succeeded::stage));
    Map<String, SeenInputs> seen = new HashMap<>();
    stages.forEach(
        (name, all) -> {
          Succeeded last = Collections.max(all, Succeeded.BY_END);
          Succeeded furthest = Collections.max(all, Succeeded.BY_NIGHT);
          latest = later(latest, last.endedAt());
          seen.put(
              name,
              new SeenInputs(
                  last.asOf(),
                  last.rulesHash(),
                  last.basis(),
                  last.inputs(),
                  new Furthest(furthest.asOf(), furthest.runId())));
        });
    return seen;
  }

  /** Version that each table had after the last stage that succeeded in writing it. */
  Map<String, Long> expectedVersions() {
    lake.begin(LABEL);
    Map<String, Long> versions = new HashMap<>();
    for (Succeeded stage : succeeded()) {
      stage.outputs().forEach((table, version) -> versions.merge(table, version, Math::max));
    }
    return versions;
  }

  /** Labels, as on commits, of the stages among {@code labels} that succeeded. */
  Set<String> succeededAmong(Set<String> labels) {
    return succeeded().stream()
        .map(stage -> stage.runId() + "/" + stage.stage())
        .filter(labels::contains)
        .collect(Collectors.toSet());
  }

  /** Notes that {@code run} has begun, and that runs which never ended were broken off. */
  void begin(Run run) {
    lake.begin(LABEL);
    List<Row> rows = lake.rows(Runs.TABLE);
    if (rows.stream().anyMatch(Ledger::isRunning)) {
      List<Row> all = new ArrayList<>();
      rows.forEach(row -> all.add(isRunning(row) ? broken(row) : row));
      all.add(row(run, null, RunStatus.RUNNING, null));
      lake.overwrite(Runs.TABLE, all);
    } else {
      lake.append(Runs.TABLE, List.of(row(run, null, RunStatus.RUNNING, null)));
    }
  }

  /**
   * Notes how {@code run} ended, after what was held back of its stages.
   *
   * @param error why it did not succeed; null if it did
   */
  void end(Run run, RunStatus status, String error) {
    lake.begin(LABEL);
    if (!held.isEmpty()) {
      store();
    }
    List<Row> rows = new ArrayList<>(lake.rows(Runs.TABLE));
    rows.removeIf(row -> row.getString(RUN_ID).equals(run.night().runId()));
    rows.add(row(run, Instant.now(), status, error));
    lake.overwrite(Runs.TABLE, rows);
  }

  /** Notes how a stage went. */
  void add(StageRow stage) {
    held.add(row(stage));
    lake.begin(LABEL);
    store();
  }

  /**
   * Notes how a stage went that wrote nothing: with the next one that did, or when the run ends. If
   * the run is broken off before, the stage runs once more and again finds nothing to write.
   */
  void addLater(StageRow stage) {
    held.add(row(stage));
  }

  private void store() {
    lake.append(RunStages.TABLE, held);
    held.clear();
  }

  private Row row(StageRow stage) {
    return RowFactory.create(
        stage.night().runId(),
        stage.report().stage(),
        Timestamp.from(stage.startedAt()),
        Timestamp.from(ended()),
        stage.report().status().text(),
        stage.report().seconds(),
        stage.report().rowsRead(),
        stage.report().rowsWritten(),
        stage.saw().inputs(),
        stage.saw().outputs(),
        stage.error(),
        Date.valueOf(stage.night().asOf()),
        stage.rulesHash(),
        stage.report().cpuSeconds(),
        stage.saw().basis(),
        stage.report().bytesRead());
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

  /** A run that has begun. */
  record Run(
      Night night, String command, Instant startedAt, String configHash, String codeVersion) {

    private static final DateTimeFormatter ID =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** Begins now. */
    static Run of(NightRequest request, ItineraConfig config) {
      Instant now = Instant.now();
      Night night =
          new Night(ID.format(now), request.asOf(), request.fullRefresh(), request.reload());
      return new Run(night, request.command(), now, config.hash(), CodeVersion.current());
    }
  }

  /** A row of {@code run_stages}. */
  record StageRow(
      Night night,
      StageReport report,
      Instant startedAt,
      String rulesHash,
      Saw saw,
      String error) {}

  /**
   * What a stage worked on.
   *
   * @param inputs version of each table that it read
   * @param outputs version of each table that it wrote
   * @param basis since which state it saw all changes; null if it did not work
   */
  record Saw(Map<String, Long> inputs, Map<String, Long> outputs, String basis) {
    static final Saw NOTHING = new Saw(Map.of(), Map.of(), null);
  }

  /** What is kept of a stage that succeeded. */
  private record Succeeded(
      String runId,
      String stage,
      Instant endedAt,
      LocalDate asOf,
      String rulesHash,
      String basis,
      Map<String, Long> inputs,
      Map<String, Long> outputs) {

    static final String[] COLUMNS = {
      RunStages.STATUS,
      RunStages.RUN_ID,
      RunStages.STAGE,
      RunStages.ENDED_AT,
      RunStages.AS_OF,
      RunStages.RULES_HASH,
      RunStages.BASIS,
      RunStages.INPUTS,
      RunStages.OUTPUTS
    };

    static final Comparator<Succeeded> BY_END =
        Comparator.comparing(Succeeded::endedAt).thenComparing(Succeeded::runId);

    static final Comparator<Succeeded> BY_NIGHT =
        Comparator.comparing(Succeeded::asOf).thenComparing(BY_END);

    static Succeeded of(Row row) {
      return new Succeeded(
          row.getString(1),
          row.getString(2),
          row.getTimestamp(3).toInstant(),
          row.getDate(4).toLocalDate(),
          row.getString(5),
          // Runs before bases were noted.
          row.isNullAt(6) ? "" : row.getString(6),
          row.getJavaMap(7),
          row.getJavaMap(8));
    }
  }

  private List<Succeeded> succeeded() {
    return lake.rows(RunStages.TABLE, Succeeded.COLUMNS).stream()
        .filter(row -> RunStatus.SUCCEEDED.text().equals(row.getString(0)))
        .map(Succeeded::of)
        .toList();
  }

  private static boolean isRunning(Row row) {
    return RunStatus.RUNNING.text().equals(row.getString(STATUS));
  }

  private static Row broken(Row row) {
    Object[] values = new Object[row.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    values[STATUS] = RunStatus.FAILED.text();
    values[Runs.TABLE.schema().fieldIndex(Runs.ERROR)] = "broken off before it ended";
    return RowFactory.create(values);
  }

  private static Row row(Run run, Instant endedAt, RunStatus status, String error) {
    return RowFactory.create(
        run.night().runId(),
        run.command(),
        Date.valueOf(run.night().asOf()),
        Timestamp.from(run.startedAt()),
        endedAt == null ? null : Timestamp.from(endedAt),
        status.text(),
        error,
        run.configHash(),
        run.codeVersion());
  }
}
