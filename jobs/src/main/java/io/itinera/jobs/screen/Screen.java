package io.itinera.jobs.screen;

import io.itinera.core.table.RunStatus;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.StageReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows one line for each stage, and on a terminal a moving one while a stage works.
 *
 * <p>The moving line is rewritten in place, so nothing of it stays; where the output is a file or a
 * pipe there is none.
 */
public final class Screen implements Progress, AutoCloseable {

  private static final long BEAT_MILLIS = 500;
  private static final double MILLIS = 1e3;
  private static final String CLEARED = "\r\u001b[K";

  private final PrintWriter out;
  private final TaskCount tasks;
  private final boolean moving;
  private final ScheduledExecutorService beat;
  private ScheduledFuture<?> movement;

  /**
   * A screen that shows nothing until a stage starts.
   *
   * @param moving whether the output is a terminal
   */
  public Screen(PrintWriter out, TaskCount tasks, boolean moving) {
    this.out = out;
    this.tasks = tasks;
    this.moving = moving;
    this.beat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "itinera-screen");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public synchronized void stageStarted(String stage) {
    tasks.reset();
    if (moving) {
      long started = System.currentTimeMillis();
      movement =
          beat.scheduleAtFixedRate(
              () -> move(stage, started), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stageFinished(StageReport report) {
    still();
    out.println(line(report));
    out.flush();
  }

  @Override
  public synchronized void note(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  @Override
  public synchronized void close() {
    still();
    beat.shutdownNow();
  }

  @Override
  public synchronized void nightFinished(List<StageReport> reports) {
    out.println(total(reports));
    out.flush();
  }

  /** A stage that is over, as one line: what it read and how many rows its tables have now. */
  static String line(StageReport report) {
    String records =
        report.records() == 0
            ? ""
            : String.format(Locale.ROOT, "%,d records read", report.records());
    String tables =
        report.tables().entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "%s %,d", each.getKey(), each.getValue()))
            .collect(Collectors.joining(", "));
    String what =
        Stream.of(
                report.status() == RunStatus.SUCCEEDED ? "" : report.status().text(),
                records,
                tables)
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return String.format(Locale.ROOT, "%-12s %8.1f s  %s", report.stage(), report.seconds(), what)
        .stripTrailing();
  }

  /** The night as one line. */
  static String total(List<StageReport> reports) {
    long records = reports.stream().mapToLong(StageReport::records).sum();
    long skipped = reports.stream().filter(report -> report.status() == RunStatus.SKIPPED).count();
    return String.format(
        Locale.ROOT,
        "%-12s %8.1f s  %,d records read; %d stages done%s",
        "night",
        reports.stream().mapToDouble(StageReport::seconds).sum(),
        records,
        reports.size() - skipped,
        skipped == 0 ? "" : ", %d had nothing to do".formatted(skipped));
  }

  private synchronized void move(String stage, long started) {
    if (movement == null) {
      return;
    }
    double seconds = (System.currentTimeMillis() - started) / MILLIS;
    out.print(CLEARED);
    out.print(String.format(Locale.ROOT, "%-12s %s, %.0f s", stage, tasks.describe(), seconds));
    out.flush();
  }

  private void still() {
    if (movement != null) {
      movement.cancel(false);
      movement = null;
      clear();
    }
  }

  private void clear() {
    if (moving) {
      out.print(CLEARED);
      out.flush();
    }
  }
}
