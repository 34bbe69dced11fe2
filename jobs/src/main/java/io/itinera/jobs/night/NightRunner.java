package io.itinera.jobs.night;

import io.itinera.core.table.Identities;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Fence;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.CheckSettings.Outdated;
import io.itinera.jobs.night.Ledger.Run;
import io.itinera.jobs.night.Ledger.Saw;
import io.itinera.jobs.night.Ledger.StageRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs stages one after the other under the warehouse's lock and keeps the ledger. */
public final class NightRunner {

  private static final double MILLIS = 1e3;

  private final SparkSession spark;
  private final ItineraConfig config;
  private final Progress progress;
  private final Lake lake;
  private final Ledger ledger;
  private final WorkMode mode;
  private final Set<String> said = new HashSet<>();

  /** Runs nights on the warehouse that {@code config} names. */
  public NightRunner(SparkSession spark, ItineraConfig config, Progress progress) {
    this.spark = spark;
    this.config = config;
    this.progress = progress;
    this.lake = new Lake(spark, config.warehouse());
    this.ledger = new Ledger(new Lake(spark, config.warehouse()));
    this.mode = new WorkMode(spark);
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
   * @throws OldWarehouseException if an earlier release made the tables in another shape
   * @throws StageFailedException if a stage fails; says what became of what it had written
   */
  public List<StageReport> run(
      String command, LocalDate asOf, boolean fullRefresh, List<Stage> stages) {
    return run(new NightRequest(command, asOf, fullRefresh, Reload.NONE), stages);
  }

  /**
   * The same, with raw files that may be read again.
   *
   * @throws ChangedSettingsException if what is loaded was made with settings beside which rows of
   *     today's must not stand
   */
  public List<StageReport> run(NightRequest request, List<Stage> stages) {
    Run run = Run.of(request, config);
    Night night = run.night();
    LockEntry me = LockEntry.of(night.runId(), run.command(), run.startedAt());
    try (NightLock lock = LockContest.over(spark, config.warehouse(), me, progress).win()) {
      Fence fence = new Fence(lock.token(), lock::requireHeld);
      lake.guardBy(fence);
      ledger.guardBy(fence);
      prepare(lock.isTakenOver());
      List<Outdated> outdated = outdated(night, stages);
      ledger.begin(run);
      warn(outdated, night, stages);
      return runStages(run, stages);
    }
  }

  /** The last night that {@code stage} succeeded with; none if it never did. */
  public Optional<LocalDate> lastNight(Stage stage) {
    return Optional.ofNullable(ledger.seen().get(stage.name())).map(SeenInputs::asOf);
  }

  private void prepare(boolean isTakenOver) {
    OldWarehouseException.refuse(lake);
    // Each creation mostly waits for its own commit.
    SideBySide.run(
        config.tables().stream().map(table -> (Runnable) () -> lake.create(table)).toList());
    if (isTakenOver) {
      lake.begin(Ledger.LABEL);
      SideBySide.run(
          config.tables().stream().map(table -> (Runnable) () -> lake.fenceOff(table)).toList());
    }
    Rollback rollback = Rollback.ofUnfinishedStages(lake, config.tables(), ledger);
    if (rollback.failure().isPresent()) {
      throw new IllegalStateException(rollback.describe(), rollback.failure().get());
    }
    if (!rollback.wasNotNeeded()) {
      progress.note("An earlier run was broken off. " + rollback.describe());
    }
  }

  private List<Outdated> outdated(Night night, List<Stage> stages) {
    lake.begin(Ledger.LABEL);
    boolean givesNewIds =
        night.fullRefresh()
            && stages.stream().anyMatch(stage -> stage.outputs().contains(Identities.TABLE));
    return new CheckSettings(lake, config, night.reload()).outdated(givesNewIds);
  }

  /** Whoever runs one stage again and again is told once. */
  private void warn(List<Outdated> outdated, Night night, List<Stage> stages) {
    List<Outdated> news =
        outdated.stream().filter(each -> said.add(each.note()) || stages.size() > 1).toList();
    news.forEach(each -> progress.note(each.note()));
    LeftTables.in(config, spark.sessionState().newHadoopConf()).stream()
        .map(table -> LeftTables.note(table, config))
        .filter(said::add)
        .forEach(progress::note);
    if (!news.isEmpty()) {
      List<Row> warnings = news.stream().map(each -> each.warning().row(night.runId())).toList();
      lake.append(QualityChecks.TABLE, warnings);
    }
  }

  private List<StageReport> runStages(Run run, List<Stage> stages) {
    Night night = run.night();
    StageMeter meter = new StageMeter();
    spark.sparkContext().addSparkListener(meter);
    try {
      SeenSoFar seen = new SeenSoFar(ledger.seen(), lake, config, night);
      List<StageReport> reports =
          stages.stream().map(stage -> runStage(stage, night, seen, meter)).toList();
      ledger.end(run, RunStatus.SUCCEEDED, null);
      if (stages.size() > 1) {
        progress.nightFinished(reports);
      }
      return reports;
    } catch (Throwable problem) {
      Fatal.rethrow(problem);
      String error =
          problem instanceof StageFailedException
              ? problem.getMessage()
              : ErrorText.clause(problem);
      note(problem, () -> ledger.end(run, RunStatus.FAILED, error));
      throw problem;
    } finally {
      spark.sparkContext().removeSparkListener(meter);
    }
  }

  /** Does what a ledger is owed after a failure; if that fails too, the failure is still told. */
  private static void note(Throwable problem, Runnable entry) {
    boolean isInterrupted = Thread.interrupted();
    try {
      entry.run();
    } catch (Throwable another) {
      Fatal.rethrow(another);
      problem.addSuppressed(another);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private StageReport runStage(Stage stage, Night night, SeenSoFar seen, StageMeter meter) {
    progress.stageStarted(stage.name());
    Instant startedAt = Instant.now();
    String rulesHash = seen.rulesHash(stage);
    meter.reset();
    lake.begin(night.runId() + "/" + stage.name());
    StageReport report;
    try {
      report = runOrSkip(stage, night, seen, new Start(startedAt, rulesHash, meter));
    } catch (Throwable problem) {
      Fatal.rethrow(problem);
      throw failed(stage, night, problem, new Start(startedAt, rulesHash, meter));
    } finally {
      mode.end();
      spark.catalog().clearCache();
    }
    progress.stageFinished(report);
    meter.notes().forEach(progress::note);
    return report;
  }

  /** What is known of a stage before it runs. */
  private record Start(Instant at, String rulesHash, StageMeter meter) {}

  private StageReport runOrSkip(Stage stage, Night night, SeenSoFar seen, Start start) {
    seen.requireWhatItNeeds(stage);
    Optional<SeenInputs> usable = seen.usable(stage, progress);
    if (usable.isPresent() && seen.isUpToDate(stage, usable.get())) {
      StageReport report = report(stage, RunStatus.SKIPPED, start);
      ledger.addLater(
          new StageRow(night, report, start.at(), start.rulesHash(), Saw.NOTHING, null));
      return report;
    }
    mode.begin(bytes(stage));
    stage
        .job()
        .run(
            new StageContext(
                lake, config, night, usable, seen.last(stage), start.meter(), mode, progress));
    lake.requireUniqueKeys();
    Map<String, Long> inputs = inputs(stage);
    StageReport report = report(stage, RunStatus.SUCCEEDED, start);
    Map<String, Long> outputs = lake.versionsWritten();
    Saw saw = new Saw(inputs, outputs, seen.basis(usable));
    StageRow row = new StageRow(night, report, start.at(), start.rulesHash(), saw, null);
    if (outputs.isEmpty()) {
      ledger.addLater(row);
    } else {
      ledger.add(row);
    }
    seen.add(stage, start.rulesHash(), usable, inputs);
    return report;
  }

  /** Of all tables that the stage may read, as their logs tell. */
  private long bytes(Stage stage) {
    return Stream.concat(stage.inputs().stream(), stage.outputs().stream())
        .distinct()
        .mapToLong(lake::bytes)
        .sum();
  }

  /** Takes back at once what the stage had written, so that nobody reads half a night. */
  private StageFailedException failed(Stage stage, Night night, Throwable problem, Start start) {
    boolean isInterrupted = Thread.interrupted() || problem instanceof InterruptedException;
    try {
      StageFailedException failed =
          new StageFailedException(stage.name(), night, problem, takenBack(problem));
      note(
          failed,
          () ->
              ledger.add(
                  new StageRow(
                      night,
                      report(stage, RunStatus.FAILED, start),
                      start.at(),
                      start.rulesHash(),
                      Saw.NOTHING,
                      failed.getMessage())));
      return failed;
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String takenBack(Throwable problem) {
    try {
      lake.requireHeld();
      return Rollback.ofUnfinishedStages(lake, config.tables(), ledger).describe();
    } catch (LockLostException lost) {
      return problem instanceof LockLostException
          ? "Wait for that run to end."
          : "Besides, " + lost.getMessage() + ".";
    } catch (Throwable another) {
      Fatal.rethrow(another);
      problem.addSuppressed(another);
      return "What it had written could not be taken back (%s); the next run does that first."
          .formatted(ErrorText.clause(another));
    }
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

  private StageReport report(Stage stage, RunStatus status, Start start) {
    drainListeners();
    StageMeter meter = start.meter();
    double seconds = Duration.between(start.at(), Instant.now()).toMillis() / MILLIS;
    return new StageReport(
        stage.name(),
        status,
        meter.records(),
        status == RunStatus.SUCCEEDED ? rowsOfTables(stage) : Map.of(),
        meter.rowsRead(),
        meter.bytesRead() + lake.bytesReadHere(),
        meter.rowsWritten(),
        seconds,
        meter.cpuSeconds());
  }

  /** Rows of the tables that were written, as anybody finds them who counts. */
  private Map<String, Long> rowsOfTables(Stage stage) {
    Set<String> written = lake.versionsWritten().keySet();
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Table table : stage.outputs()) {
      if (written.contains(table.name()) && !Tables.BETWEEN_STAGES.contains(table)) {
        lake.rowCount(table).ifPresent(count -> rows.put(table.name(), count));
      }
    }
    return rows;
  }

  private void drainListeners() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      progress.note("Spark's events lag behind; the rows counted for this stage may be too few");
    }
  }
}
