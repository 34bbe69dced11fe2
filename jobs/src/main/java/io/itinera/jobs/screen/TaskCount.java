package io.itinera.jobs.screen;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts the tasks that Spark has planned and ended since the last reset. */
public final class TaskCount extends SparkListener {

  private final AtomicLong planned = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    planned.addAndGet(submitted.stageInfo().numTasks());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    ended.incrementAndGet();
  }

  void reset() {
    planned.set(0);
    ended.set(0);
  }

  String describe() {
    return "%d of %d tasks".formatted(ended.get(), Math.max(planned.get(), ended.get()));
  }
}
