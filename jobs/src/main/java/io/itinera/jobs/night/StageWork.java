package io.itinera.jobs.night;

import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stage that has begun, in its lane.
 *
 * @param stage which
 * @param lane where
 * @param at since when
 * @param rulesHash of the settings that it depends on
 */
record StageWork(Stage stage, Lane lane, Instant at, String rulesHash) {

  private static final double MILLIS = 1e3;

  /**
   * What came of it.
   *
   * @param usable what it continued from
   * @param inputs version of each table that it read
   * @param outputs version of each table that it wrote
   * @param problem why it failed; null if it did not
   * @param endedAt when
   */
  record Ended(
      StageWork work,
      Optional<SeenInputs> usable,
      Map<String, Long> inputs,
      Map<String, Long> outputs,
      Throwable problem,
      Instant endedAt) {

    boolean isFailed() {
      return problem != null;
    }
  }

  /** It failed, or could not even start. */
  Ended failed(Throwable problem) {
    return new Ended(this, Optional.empty(), Map.of(), Map.of(), problem, Instant.now());
  }

  /**
   * Does it, in this thread; whatever happens is in what is returned.
   *
   * @param forbidden tables that others may be writing
   */
  Ended done(StageContext context, Set<String> forbidden) {
    try {
      lane.enter();
      stage.job().run(context);
      lane.lake().requireUniqueKeys();
      requireNotRead(forbidden);
      return new Ended(
          this, context.seen(), inputs(), lane.lake().versionsWritten(), null, Instant.now());
    } catch (Throwable problem) {
      return failed(problem);
    }
  }

  private void requireNotRead(Set<String> forbidden) {
    lane.lake().versionsRead().keySet().stream()
        .filter(forbidden::contains)
        .sorted()
        .findFirst()
        .ifPresent(
            table -> {
              throw new IllegalStateException(
                  "it looked at %s, which a stage writes that it does not need and so may run beside it; name that stage, or the table, among what %s needs"
                      .formatted(table, stage.name()));
            });
  }

  /** How it went, once Spark's events have come in. */
  StageReport report(RunStatus status, Instant endedAt) {
    StageMeter meter = lane.meter();
    return new StageReport(
        stage.name(),
        status,
        meter.records(),
        status == RunStatus.SUCCEEDED ? rowsOfTables() : Map.of(),
        meter.rowsRead(),
        meter.bytesRead() + lane.lake().bytesReadHere(),
        meter.rowsWritten(),
        Duration.between(at, endedAt).toMillis() / MILLIS,
        meter.cpuSeconds());
  }

  /** Rows of the tables that were written, as anybody finds them who counts. */
  private Map<String, Long> rowsOfTables() {
    Set<String> written = lane.lake().versionsWritten().keySet();
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Table table : stage.outputs()) {
      if (written.contains(table.name()) && !Tables.BETWEEN_STAGES.contains(table)) {
        lane.lake().rowCount(table).ifPresent(count -> rows.put(table.name(), count));
      }
    }
    return rows;
  }

  /** Versions of the stage's inputs after it ran; what it did not read it had no need to. */
  private Map<String, Long> inputs() {
    Map<String, Long> read = lane.lake().versionsRead();
    Map<String, Long> inputs = new TreeMap<>();
    for (Table table : stage.inputs()) {
      Long version = read.get(table.name());
      inputs.put(table.name(), version == null ? lane.lake().version(table) : version);
    }
    return inputs;
  }
}
