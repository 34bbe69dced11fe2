package io.itinera.jobs.night;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs small Spark jobs at the same time: each alone would leave cores idle while it is planned.
 *
 * <p>Threads are made anew for each call, so they inherit the caller's session, its job properties
 * and its class loader, which under {@code spark-submit} is the one that knows the application.
 */
public final class SideBySide {

  private static final int MOST = 4;

  private SideBySide() {}

  /** Runs {@code tasks} and returns when all have ended; the first failure in order is thrown. */
  public static void run(List<Runnable> tasks) {
    List<Callable<Object>> callables = new ArrayList<>();
    tasks.forEach(task -> callables.add(Executors.callable(task)));
    get(callables);
  }

  /** The answers of {@code tasks} in their order; the first failure in order is thrown. */
  public static <T> List<T> get(List<Callable<T>> tasks) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(MOST, tasks.size())));
    try {
      return answers(threads.invokeAll(tasks));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Spark jobs ran side by side", e);
    } finally {
      end(threads);
    }
  }

  private static <T> List<T> answers(List<Future<T>> ended) throws InterruptedException {
    List<T> answers = new ArrayList<>();
    Throwable first = null;
    for (Future<T> each : ended) {
      try {
        answers.add(each.get());
      } catch (ExecutionException e) {
        if (first == null) {
          first = e.getCause();
        } else if (first != e.getCause()) {
          first.addSuppressed(e.getCause());
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw first instanceof RuntimeException e ? e : new IllegalStateException(first);
    }
    return answers;
  }

  /** Waits for tasks that were interrupted, too: who takes back what they did must come last. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean isInterrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
