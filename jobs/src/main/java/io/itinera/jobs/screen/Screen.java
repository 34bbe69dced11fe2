package io.itinera.jobs.screen;

import io.itinera.core.table.RunStatus;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.StageReport;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Stages that are at work, and since when in milliseconds. */
  private final Map<String, Long> working = new LinkedHashMap<>();

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
    if (working.isEmpty()) {
      tasks.reset();
    }
    working.put(stage, System.currentTimeMillis());
    if (moving && movement == null) {
      movement =
          beat.scheduleAtFixedRate(this::move, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void stageFinished(StageReport report) {
    working.remove(report.stage());
    clear();
    if (working.isEmpty()) {
      still();
    }
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
  public synchronized void nightFinished(List<StageReport> reports, double seconds) {
    out.println(total(reports, seconds));
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
  static String total(List<StageReport> reports, double seconds) {
    long records = reports.stream().mapToLong(StageReport::records).sum();
    long skipped = reports.stream().filter(report -> report.status() == RunStatus.SKIPPED).count();
    return String.format(
        Locale.ROOT,
        "%-12s %8.1f s  %,d records read; %d stages done%s",
        "night",
        seconds,
        records,
        reports.size() - skipped,
        skipped == 0 ? "" : ", %d had nothing to do".formatted(skipped));
  }

  private synchronized void move() {
    if (movement == null || working.isEmpty()) {
      return;
    }
    long since = Collections.min(working.values());
    double seconds = (System.currentTimeMillis() - since) / MILLIS;
    String stages = String.join(", ", working.keySet());
    out.print(CLEARED);
    out.print(String.format(Locale.ROOT, "%-12s %s, %.0f s", stages, tasks.describe(), seconds));
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
