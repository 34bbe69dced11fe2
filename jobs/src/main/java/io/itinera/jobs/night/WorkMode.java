package io.itinera.jobs.night;

import static java.util.Map.entry;

import io.itinera.core.spark.JobsOnDriver;
import io.itinera.jobs.lake.PlanForOneTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * How the session works on a stage. Most of what a small night costs is planning anew, compiling
 * and scheduling: a stage that has little to read is planned once, interpreted, and done in one
 * task. The tables are the same either way.
 *
 * <p>Little it is only if all that the stage may come to read is little. Which of it that will be,
 * the stage finds out as it goes: one merge may touch every day of a long history.
 */
public final class WorkMode {

  /** A setting of the session: those of its settings, by comma, that nobody has chosen. */
  public static final String FREE = "spark.itinera.free-settings";

  /** Settings for little work, by their names. */
  public static final Map<String, String> LITTLE =
      Map.ofEntries(
          entry("spark.sql.adaptive.enabled", "false"),
          // One of these two alone still compiles most expressions.
          entry("spark.sql.codegen.wholeStage", "false"),
          entry("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
          entry("spark.sql.shuffle.partitions", "1"),
          // What one task reads need not be shuffled to meet, nor be sent around.
          entry(PlanForOneTask.IS_WANTED, "true"),
          entry(JobsOnDriver.IS_WANTED, "true"),
          // Of rows that are held Spark knows no size, and takes them for large.
          entry("spark.sql.maxSinglePartitionBytes", String.valueOf(Long.MAX_VALUE)),
          entry("spark.sql.autoBroadcastJoinThreshold", "-1"),
          // Room for as many rows is made, and cleared, for each column of each file.
          entry("spark.sql.parquet.columnarReaderBatchSize", "512"),
          entry("spark.sql.files.minPartitionNum", "1"),
          entry("spark.sql.leafNodeDefaultParallelism", "1"));

  /** For so much interpreting takes a few seconds, as compiling does. */
  private static final long LITTLE_BYTES = 16L << 20;

  private final SparkSession spark;
  private final List<String> free;
  private final Map<String, Optional<String>> before = new TreeMap<>();
  private long bytes;

  /** The mode of {@code spark}; settings that somebody has chosen for it are left alone. */
  public WorkMode(SparkSession spark) {
    this(spark, free(spark.conf().get(FREE, "")));
  }

  WorkMode(SparkSession spark, List<String> free) {
    this.spark = spark;
    this.free = free;
    PlanForOneTask.teach(spark);
  }

  private static List<String> free(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
  }

  /**
   * Begins a stage.
   *
   * @param tableBytes of all tables that it may read
   */
  void begin(long tableBytes) {
    end();
    bytes = tableBytes;
    choose();
  }

  /** Whether a stage that may read {@code tableBytes} has little to do. */
  static boolean isLittle(long tableBytes) {
    return tableBytes <= LITTLE_BYTES;
  }

  /** Whether the session is set to little work. */
  public boolean isLittle() {
    return Boolean.parseBoolean(spark.conf().get(PlanForOneTask.IS_WANTED, "false"));
  }

  /** Says that the stage reads so much more, such as raw files. */
  public void expect(long moreBytes) {
    bytes += moreBytes;
    choose();
  }

  /** Leaves the session as it was. */
  void end() {
    restore(spark);
    before.clear();
  }

  /**
   * The mode of a copy of this session, which is left as this one is between two stages: it may be
   * set to little work just now, and the copy with it.
   */
  WorkMode of(SparkSession copy) {
    restore(copy);
    return new WorkMode(copy, free);
  }

  private void restore(SparkSession session) {
    before.forEach(
        (name, value) ->
            value.ifPresentOrElse(
                text -> session.conf().set(name, text), () -> session.conf().unset(name)));
  }

  private void choose() {
    if (!isLittle(bytes)) {
      end();
    } else if (before.isEmpty()) {
      for (String name : free) {
        Option<String> value = spark.conf().getOption(name);
        before.put(name, value.isDefined() ? Optional.of(value.get()) : Optional.empty());
        spark.conf().set(name, LITTLE.get(name));
      }
    }
  }
}
