package io.itinera.jobs.night;

import io.itinera.core.table.RunStatus;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Ledger.Saw;
import io.itinera.jobs.night.Ledger.StageRow;
import io.itinera.jobs.night.StageWork.Ended;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Runs the stages of one night.
 *
 * <p>Most of what a stage costs that has little to do is planning, which one thread does: such
 * stages run side by side where {@link StageOrder} lets them. A stage that has much to read keeps
 * all cores and the memory to itself.
 *
 * <p>What is kept of a stage, the ledger's row above all, is noted by the thread that calls {@link
 * #run} alone.
 */
final class StageRunner implements AutoCloseable {

  /** More at once plan against each other, in the memory of one driver. */
  private static final int MOST = 4;

  private final NightTools tools;
  private final Night night;
  private final StageOrder order;
  private final SeenSoFar seen;
  private final List<Lane> lanes = new ArrayList<>();
  private final Deque<Lane> free = new ArrayDeque<>();
  private final Map<StageWork, Thread> running = new HashMap<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
  private final Map<String, StageReport> reports = new HashMap<>();
  private final List<Ended> failed = new ArrayList<>();

  /** Starts a stage that has much to do, as soon as no other runs. */
  private Optional<Runnable> held = Optional.empty();

  private boolean isAlone;
  private boolean isInterrupted;

  StageRunner(NightTools tools, Night night, List<Stage> stages) {
    this.tools = tools;
    this.night = night;
    this.order = new StageOrder(stages);
    this.seen = new SeenSoFar(tools.ledger().seen(), tools.lake(), tools.config(), night);
    add(Lane.of(tools.lake()));
  }

  /**
   * Runs all of them.
   *
   * @return how each went, in their order
   * @throws StageFailedException if one fails, once those that ran beside it have ended
   */
  List<StageReport> run() {
    start();
    while (!running.isEmpty()) {
      finish(take());
      start();
    }
    if (!failed.isEmpty()) {
      throw failure();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two stages");
    }
    return order.names().stream().map(reports::get).toList();
  }

  /** Starts whatever may start now. */
  private void start() {
    while (failed.isEmpty() && !isInterrupted && hasRoom()) {
      Optional<Runnable> start =
          held.isPresent() ? held : order.next().map(stage -> () -> start(stage));
      isAlone = held.isPresent();
      held = Optional.empty();
      if (start.isEmpty()) {
        return;
      }
      start.get().run();
    }
  }

  private boolean hasRoom() {
    int most = Math.min(MOST, Runtime.getRuntime().availableProcessors());
    boolean isShared = !isAlone && held.isEmpty() && running.size() < most;
    return running.isEmpty() || isShared;
  }

  private void start(Stage stage) {
    tools.progress().stageStarted(stage.name());
    Lane lane = lane();
    StageWork work = new StageWork(stage, lane, Instant.now(), seen.rulesHash(stage));
    lane.begin(night.runId() + "/" + stage.name());
    attempt(work, () -> start(work));
  }

  private void start(StageWork work) {
    Stage stage = work.stage();
    seen.requireWhatItNeeds(stage);
    Optional<SeenInputs> usable = seen.usable(stage, work.lane().lake(), tools.progress());
    if (usable.isPresent() && seen.isUpToDate(stage, usable.get())) {
      skip(work);
      return;
    }
    long bytes = work.lane().bytes(stage);
    if (WorkMode.isLittle(bytes)) {
      launch(work, usable, bytes);
    } else {
      held = Optional.of(() -> attempt(work, () -> launch(work, usable, bytes)));
    }
  }

  private void attempt(StageWork work, Runnable step) {
    try {
      step.run();
    } catch (Throwable problem) {
      finish(work.failed(problem));
    }
  }

  private Lane lane() {
    if (free.isEmpty()) {
      add(lanes.get(0).another(String.valueOf(lanes.size())));
    }
    return free.pop();
  }

  private void add(Lane lane) {
    lanes.add(lane);
    free.push(lane);
  }

  private void launch(StageWork work, Optional<SeenInputs> usable, long bytes) {
    Lane lane = work.lane();
    Stage stage = work.stage();
    lane.mode().begin(bytes);
    StageContext context =
        new StageContext(
            lane.lake(),
            tools.config(),
            night,
            usable,
            seen.last(stage),
            lane.meter(),
            lane.mode(),
            tools.progress());
    Set<String> forbidden = order.written(stage);
    Thread thread =
        new Thread(() -> ended.add(work.done(context, forbidden)), "itinera-" + stage.name());
    running.put(work, thread);
    thread.start();
  }

  /** Waits for the next one that ends; if this thread is interrupted, so are they. */
  private Ended take() {
    while (true) {
      try {
        return ended.take();
      } catch (InterruptedException e) {
        isInterrupted = true;
        running.values().forEach(Thread::interrupt);
      }
    }
  }

  private void skip(StageWork work) {
    StageReport report = report(work, RunStatus.SKIPPED, Instant.now());
    tools.ledger().addLater(row(work, report, Saw.NOTHING, null));
    leave(work, report);
  }

  private void finish(Ended end) {
    StageWork work = end.work();
    running.remove(work);
    isAlone = false;
    work.lane().mode().end();
    if (end.isFailed()) {
      Fatal.rethrow(end.problem());
      failed.add(end);
      return;
    }
    StageReport report = report(work, RunStatus.SUCCEEDED, end.endedAt());
    StageRow row =
        row(work, report, new Saw(end.inputs(), end.outputs(), seen.basis(end.usable())), null);
    if (end.outputs().isEmpty()) {
      tools.ledger().addLater(row);
    } else {
      tools.ledger().add(row);
    }
    seen.add(work.stage(), work.rulesHash(), end.usable(), end.inputs());
    leave(work, report);
  }

  private void leave(StageWork work, StageReport report) {
    reports.put(work.stage().name(), report);
    order.ended(work.stage());
    tools.progress().stageFinished(report);
    work.lane().meter().notes().forEach(tools.progress()::note);
    free.push(work.lane());
  }

  private StageRow row(StageWork work, StageReport report, Saw saw, String error) {
    return new StageRow(night, report, work.at(), work.rulesHash(), saw, error);
  }

  /** Takes back at once what failed stages had written, so that nobody reads half a night. */
  private StageFailedException failure() {
    failed.sort(Comparator.comparing(end -> order.names().indexOf(end.work().stage().name())));
    boolean wasInterrupted =
        Thread.interrupted()
            || isInterrupted
            || failed.stream().anyMatch(end -> end.problem() instanceof InterruptedException);
    try {
      Throwable first = failed.get(0).problem();
      String outcome = takenBack(first);
      List<StageFailedException> failures =
          failed.stream().map(end -> noted(end, outcome)).toList();
      failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
      return failures.get(0);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private StageFailedException noted(Ended end, String outcome) {
    StageWork work = end.work();
    StageFailedException failure =
        new StageFailedException(work.stage().name(), night, end.problem(), outcome);
    NightRunner.note(
        failure,
        () ->
            tools
                .ledger()
                .add(
                    row(
                        work,
                        report(work, RunStatus.FAILED, end.endedAt()),
                        Saw.NOTHING,
                        failure.getMessage())));
    return failure;
  }

  private String takenBack(Throwable problem) {
    Lake lake = tools.lake();
    try {
      lake.requireHeld();
      return Rollback.ofUnfinishedStages(lake, tools.config().tables(), tools.ledger()).describe();
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

  private StageReport report(StageWork work, RunStatus status, Instant endedAt) {
    if (!work.lane().isDrained()) {
      tools
          .progress()
          .note("Spark's events lag behind; the rows counted for this stage may be too few");
    }
    return work.report(status, endedAt);
  }

  /** Waits for stages that still run: who takes back what they did must come last. */
  @Override
  public void close() {
    running.values().forEach(Thread::interrupt);
    while (!running.isEmpty()) {
      running.remove(take().work());
    }
    lanes.forEach(lane -> lane.mode().end());
    lanes.forEach(Lane::close);
    tools.lake().spark().catalog().clearCache();
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
