package io.itinera.jobs.night;

import io.itinera.core.spark.JobsOnDriver;
import io.itinera.jobs.lake.Lake;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Where stages run one after the other: a session with settings of its own, tables that are pinned
 * for one stage at a time, and what its tasks cost.
 */
final class Lane implements AutoCloseable {

  private final Lake lake;
  private final WorkMode mode;
  private final StageMeter meter;

  private Lane(Lake lake, WorkMode mode, String name) {
    this.lake = lake;
    this.mode = mode;
    this.meter = new StageMeter(name);
    lake.spark().sparkContext().addSparkListener(meter);
  }

  /** The first lane, in the session that {@code lake} has. */
  static Lane of(Lake lake) {
    return new Lane(lake, new WorkMode(lake.spark()), "first");
  }

  /** Another lane beside this one; what was read of the tables' logs is known to both. */
  Lane another(String name) {
    Lake others = lake.inAnotherSession();
    return new Lane(others, mode.of(others.spark()), name);
  }

  Lake lake() {
    return lake;
  }

  WorkMode mode() {
    return mode;
  }

  StageMeter meter() {
    return meter;
  }

  /** Forgets the stage before. */
  void begin(String label) {
    meter.reset();
    lake.begin(label);
  }

  /** Of all tables that {@code stage} may read, as their logs tell. */
  long bytes(Stage stage) {
    return Stream.concat(stage.inputs().stream(), stage.outputs().stream())
        .distinct()
        .mapToLong(lake::bytes)
        .sum();
  }

  /** Lets what this thread, and each that it starts, does with Spark be this lane's. */
  void enter() {
    SparkSession.setActiveSession(lake.spark());
    lake.spark().sparkContext().setLocalProperty(JobsOnDriver.LANE, meter.lane());
  }

  /** Waits for Spark's events of what was done here; false if they take too long. */
  boolean isDrained() {
    try {
      lake.spark().sparkContext().listenerBus().waitUntilEmpty();
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    lake.spark().sparkContext().removeSparkListener(meter);
  }
}
