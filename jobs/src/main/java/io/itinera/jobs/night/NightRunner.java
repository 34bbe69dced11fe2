package io.itinera.jobs.night;

import io.itinera.core.table.Identities;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.RunStatus;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Fence;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.CheckSettings.Outdated;
import io.itinera.jobs.night.Ledger.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs stages under the warehouse's lock and keeps the ledger. */
public final class NightRunner {

  private static final double MILLIS = 1e3;

  private final SparkSession spark;
  private final ItineraConfig config;
  private final Progress progress;
  private final Lake lake;
  private final Ledger ledger;
  private final Set<String> said = new HashSet<>();

  /** Runs nights on the warehouse that {@code config} names. */
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
    try (StageRunner runner =
        new StageRunner(new NightTools(lake, config, ledger, progress), run.night(), stages)) {
      List<StageReport> reports = runner.run();
      ledger.end(run, RunStatus.SUCCEEDED, null);
      if (stages.size() > 1) {
        double seconds = Duration.between(run.startedAt(), Instant.now()).toMillis() / MILLIS;
        progress.nightFinished(reports, seconds);
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
    }
  }

  /** Does what a ledger is owed after a failure; if that fails too, the failure is still told. */
  static void note(Throwable problem, Runnable entry) {
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
}
