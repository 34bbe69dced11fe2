package io.itinera.jobs.night;

import io.itinera.core.spark.JobOnDriverEnd;
import io.itinera.core.spark.JobsOnDriver;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Adds up what the tasks of a stage read, wrote and cost, which run beside those of others. */
public final class StageMeter extends SparkListener {

  private static final double NANOS = 1e9;

  private final String lane;
  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

  private final AtomicLong records = new AtomicLong();
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong rowsWritten = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final Queue<String> notes = new ConcurrentLinkedQueue<>();

  /** A meter that no task tells anything. */
  public StageMeter() {
    this("");
  }

  /** The meter of the jobs that bear {@code lane}. */
  StageMeter(String lane) {
    this.lane = lane;
  }

  String lane() {
    return lane;
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    if (properties != null && lane.equals(properties.getProperty(JobsOnDriver.LANE))) {
      stages.add(submitted.stageInfo().stageId());
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    if (metrics != null && stages.contains(end.stageId())) {
      rowsRead.addAndGet(metrics.inputMetrics().recordsRead());
      bytesRead.addAndGet(metrics.inputMetrics().bytesRead());
      rowsWritten.addAndGet(metrics.outputMetrics().recordsWritten());
      cpuNanos.addAndGet(metrics.executorCpuTime());
    }
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof JobOnDriverEnd end && lane.equals(end.lane())) {
      rowsRead.addAndGet(end.rowsRead());
      bytesRead.addAndGet(end.bytesRead());
      rowsWritten.addAndGet(end.rowsWritten());
      cpuNanos.addAndGet(end.cpuNanos());
    }
  }

  /** Counts records of raw files, and bytes of these files, which no scan of Spark's reads. */
  public void addRawFiles(long rows, long bytes) {
    records.addAndGet(rows);
    bytesRead.addAndGet(bytes);
  }

  long records() {
    return records.get();
  }

  /** Has something said that a person should know, in a sentence, once the stage is over. */
  public void note(String text) {
    notes.add(text);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  long rowsRead() {
    return rowsRead.get() + records.get();
  }

  long bytesRead() {
    return bytesRead.get();
  }

  long rowsWritten() {
    return rowsWritten.get();
  }

  double cpuSeconds() {
    return cpuNanos.get() / NANOS;
  }

  void reset() {
    stages.clear();
    records.set(0);
    rowsRead.set(0);
    bytesRead.set(0);
    rowsWritten.set(0);
    cpuNanos.set(0);
    notes.clear();
  }
}
