package io.itinera.jobs.night;

import io.itinera.core.spark.JobsOnDriver;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** How large nights are done: compiled, in several tasks of the executors, planned as they go. */
public final class LargeNights {

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry(WorkMode.FREE, ""),
          Map.entry(JobsOnDriver.IS_WANTED, "false"),
          Map.entry("spark.sql.adaptive.enabled", "true"),
          Map.entry("spark.sql.codegen.wholeStage", "true"),
          Map.entry("spark.sql.codegen.factoryMode", "FALLBACK"),
          Map.entry("spark.sql.shuffle.partitions", "3"),
          Map.entry("spark.sql.maxSinglePartitionBytes", "128m"),
          Map.entry("spark.sql.autoBroadcastJoinThreshold", "10m"),
          Map.entry("spark.sql.files.minPartitionNum", "2"),
          Map.entry("spark.sql.leafNodeDefaultParallelism", "2"));

  private LargeNights() {}

  /** Another session, whose nights are large however little they have to do. */
  public static SparkSession session(SparkSession spark) {
    SparkSession large = spark.newSession();
    SETTINGS.forEach(large.conf()::set);
    return large;
  }
}
