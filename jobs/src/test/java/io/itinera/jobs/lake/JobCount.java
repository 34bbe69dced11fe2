package io.itinera.jobs.lake;

import io.itinera.core.spark.JobOnDriverEnd;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;

/** Counts the Spark jobs that are done while it is open, wherever. */
public final class JobCount extends SparkListener implements AutoCloseable {

  private final AtomicInteger started = new AtomicInteger();
  private final SparkSession spark;

  public JobCount(SparkSession spark) {
    this.spark = spark;
    spark.sparkContext().addSparkListener(this);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    started.incrementAndGet();
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof JobOnDriverEnd) {
      started.incrementAndGet();
    }
  }

  /** How many have started so far. */
  public int count() {
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return started.get();
  }

  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(this);
  }
}
