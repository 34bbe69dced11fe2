package io.itinera.jobs.night;

import io.itinera.core.rule.SideBySide;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Ledger.RunRow;
import io.itinera.jobs.night.Ledger.StageRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** Runs stages one after the other under the warehouse's lock and keeps the ledger. */
public final class NightRunner {

  private static final double MILLIS = 1e3;
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  private final SparkSession spark;
  private final ItineraConfig config;
  private final Progress progress;
  private final Lake lake;
  private final Ledger ledger;

  public NightRunner(SparkSession spark, ItineraConfig config, Progress progress) {
    this.spark = spark;
    this.config = config;
    this.progress = progress;
    this.lake = new Lake(spark, config.warehouse());
    this.ledger = new Ledger(new Lake(spark, config.warehouse()));
  }

  /**
   * Runs {@code stages} for the night of {@code asOf}.
   *
   * <p>A stage that has already seen everything there is for this night is skipped. What an earlier
   * run left half done is taken back first.
   *
   * @param command as typed, for the ledger
   * @param fullRefresh whether everyone is affected, whatever was seen before
   * @return how each stage went
   * @throws WarehouseBusyException if another run is writing
   * @throws StageFailedException if a stage fails; its tables are taken back by the next run
   */
  public List<StageReport> run(
      String command, LocalDate asOf, boolean fullRefresh, List<Stage> stages) {
    Instant startedAt = Instant.now();
    Night night = new Night(RUN_ID.format(startedAt), asOf, fullRefresh);
    return NightLock.whileHeld(
        config.warehouse(),
        night.runId(),
        spark.sessionState().newHadoopConf(),
        () -> {
          // Each creation mostly waits for its own commit.
          SideBySide.run(
              Tables.ALL.stream().map(table -> (Runnable) () -> lake.create(table)).toList());
          Rollback.ofUnfinishedStages(lake, Tables.ALL, ledger, progress);
          ledger.begin(row(night, command, startedAt, null, Ledger.RUNNING, null));
          return runStages(night, command, startedAt, stages);
        });
  }

  private List<StageReport> runStages(
      Night night, String command, Instant startedAt, List<Stage> stages) {
    Map<String, Seen> seen = new HashMap<>(ledger.seen());
    StageMeter meter = new StageMeter();
    spark.sparkContext().addSparkListener(meter);
    try {
      List<StageReport> reports =
          stages.stream().map(stage -> runStage(stage, night, seen, meter)).toList();
      ledger.end(row(night, command, startedAt, Instant.now(), Ledger.SUCCEEDED, null));
      return reports;
    } catch (StageFailedException e) {
      // What the stage had written goes at once, so that nobody reads half a night.
      Rollback.ofUnfinishedStages(lake, Tables.ALL, ledger, progress);
      ledger.end(row(night, command, startedAt, Instant.now(), Ledger.FAILED, e.getMessage()));
      throw e;
    } finally {
      spark.sparkContext().removeSparkListener(meter);
    }
  }

  private StageReport runStage(Stage stage, Night night, Map<String, Seen> seen, StageMeter meter) {
    progress.stageStarted(stage.name());
    Instant startedAt = Instant.now();
    String rulesHash = stage.rulesHash(config);
    Optional<Seen> usable =
        Optional.ofNullable(seen.get(stage.name()))
            .filter(last -> !night.fullRefresh())
            .filter(last -> last.rulesHash().equals(rulesHash))
            .filter(last -> !last.asOf().isAfter(night.asOf()));
    meter.reset();
    lake.begin(night.runId() + "/" + stage.name());
    requireWhatItNeeds(stage, night, seen);
    StageReport report;
    if (usable.isPresent() && isUpToDate(stage, night, usable.get())) {
      report = report(stage, Ledger.SKIPPED, startedAt, meter);
      ledger.add(new StageRow(night, report, startedAt, Map.of(), Map.of(), rulesHash, null));
    } else {
      report = execute(stage, new StageContext(lake, config, night, usable, meter), rulesHash);
      seen.put(stage.name(), new Seen(night.asOf(), rulesHash, inputs(stage)));
    }
    progress.stageFinished(report);
    meter.notes().forEach(progress::note);
    return report;
  }

  private void requireWhatItNeeds(Stage stage, Night night, Map<String, Seen> seen) {
    for (Stage needed : stage.needs()) {
      Seen last = seen.get(needed.name());
      if (needed.alwaysRuns()) {
        continue;
      }
      if (last == null || !isUpToDate(needed, night, last)) {
        throw new StageFailedException(
            stage.name(),
            night,
            new IllegalStateException(
                "it needs what %1$s makes, and %1$s has not seen the newest data; run itinera %1$s --as-of %2$s first, or itinera nightly"
                    .formatted(needed.name(), night.asOf())));
      }
    }
  }

  private StageReport execute(Stage stage, StageContext context, String rulesHash) {
    Instant startedAt = Instant.now();
    StageMeter meter = context.meter();
    try {
      stage.job().run(context);
      lake.requireUniqueKeys();
    } catch (RuntimeException e) {
      StageReport report = report(stage, Ledger.FAILED, startedAt, meter);
      StageFailedException failed = new StageFailedException(stage.name(), context.night(), e);
      ledger.add(
          new StageRow(
              context.night(),
              report,
              startedAt,
              Map.of(),
              Map.of(),
              rulesHash,
              failed.getMessage()));
      throw failed;
    } finally {
      spark.catalog().clearCache();
    }
    StageReport report = report(stage, Ledger.SUCCEEDED, startedAt, meter);
    ledger.add(
        new StageRow(
            context.night(),
            report,
            startedAt,
            inputs(stage),
            lake.versionsWritten(),
            rulesHash,
            null));
    return report;
  }

  /** Versions of the stage's inputs after it ran; what it did not read it had no need to. */
  private Map<String, Long> inputs(Stage stage) {
    Map<String, Long> read = lake.versionsRead();
    Map<String, Long> inputs = new TreeMap<>();
    for (Table table : stage.inputs()) {
      inputs.put(
          table.name(),
          read.containsKey(table.name()) ? read.get(table.name()) : lake.version(table));
    }
    return inputs;
  }

  private boolean isUpToDate(Stage stage, Night night, Seen seen) {
    return !stage.alwaysRuns()
        && seen.asOf().equals(night.asOf())
        && stage.inputs().stream().allMatch(table -> lake.version(table) == seen.version(table));
  }

  private StageReport report(Stage stage, String status, Instant startedAt, StageMeter meter) {
    drainListeners();
    double seconds = Duration.between(startedAt, Instant.now()).toMillis() / MILLIS;
    return new StageReport(
        stage.name(), status, meter.rowsRead(), meter.rowsWritten(), seconds, meter.cpuSeconds());
  }

  private void drainListeners() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      progress.note("Spark's events lag behind; the rows counted for this stage may be too few");
    }
  }

  private RunRow row(
      Night night,
      String command,
      Instant startedAt,
      Instant endedAt,
      String status,
      String error) {
    return new RunRow(
        night.runId(),
        command,
        night.asOf(),
        startedAt,
        endedAt,
        status,
        error,
        config.hash(),
        CodeVersion.current());
  }
}
