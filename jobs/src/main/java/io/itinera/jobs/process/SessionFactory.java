package io.itinera.jobs.process;

import io.itinera.core.spark.JobsOnDriver;
import io.itinera.core.spark.SessionSettings;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.WorkMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Makes the Spark session that a command works in.
 *
 * <p>Settings in order of strength: what {@code spark-submit} or system properties say, {@code
 * itinera.spark} in the configuration, and the defaults here; but what {@link SessionSettings}
 * requires is stronger than all of them.
 */
public final class SessionFactory {

  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA = "io.delta.sql.DeltaSparkSessionExtension";

  /** With so much heap for each core, two sides of 64 MB, unpacked, leave room for the rest. */
  private static final long HEAP_TO_HASH = 900L << 20;

  private SessionFactory() {}

  /** Starts the session, or gives the one that this JVM has. */
  public static SparkSession create(ItineraConfig config) {
    SparkConf settings = settings(new SparkConf(), config.spark());
    SparkSession spark =
        org.apache.spark.sql.classic.SparkSession.builder()
            .config(settings)
            .sparkContext(JobsOnDriver.of(settings))
            .getOrCreate();
    spark.sparkContext().setLogLevel("WARN");
    if (!spark.sparkContext().isLocal()) {
      // What stages hold must outlive the loss of a worker.
      spark.sparkContext().setCheckpointDir(config.warehouse() + "/_checkpoints");
    }
    return spark;
  }

  /** Removes what stages held on the cluster's file system; a leftover would do no harm. */
  public static void removeCheckpoints(SparkSession spark) throws IOException {
    Option<String> folder = spark.sparkContext().getCheckpointDir();
    if (folder.isDefined()) {
      var path = new org.apache.hadoop.fs.Path(folder.get());
      path.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(path, true);
    }
  }

  /**
   * Completes {@code given}.
   *
   * @param chosen settings with or without the prefix {@code spark.}
   */
  public static SparkConf settings(SparkConf given, Map<String, String> chosen) {
    chosen.forEach(
        (key, value) -> given.setIfMissing(key.startsWith("spark.") ? key : "spark." + key, value));
    given.set(
        WorkMode.FREE,
        WorkMode.LITTLE.keySet().stream()
            .filter(key -> !given.contains(key))
            .sorted()
            .collect(Collectors.joining(",")));
    given.setIfMissing("spark.master", "local[*]");
    defaults().forEach(given::setIfMissing);
    if (!given.get("spark.sql.catalogImplementation", "").equals("hive")) {
      // Tables have folders of their own; Spark would make this one in the working directory.
      given.setIfMissing("spark.sql.warehouse.dir", temporary());
    }
    if (given.get("spark.master").startsWith("local")) {
      localDefaults().forEach(given::setIfMissing);
    }
    String extensions = given.get(EXTENSIONS, DELTA);
    given.set(EXTENSIONS, extensions.contains(DELTA) ? extensions : extensions + "," + DELTA);
    SessionSettings.REQUIRED.forEach(given::set);
    return given;
  }

  private static String temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"), "itinera-spark").toUri().toString();
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("spark.app.name", "itinera");
    defaults.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    // Spark's default of 100 evicts the classes of one night while the night still runs.
    defaults.put("spark.sql.codegen.cache.maxEntries", "5000");
    // A snapshot of such tables is a few thousand files at most: 50 tasks would mostly idle.
    defaults.put("spark.databricks.delta.snapshotPartitions", "2");
    // Each commit would list all files once more, for a copy that this Delta never reads.
    defaults.put("spark.databricks.delta.allFilesInCrc.enabled", "false");
    // Rows that are held have no known size: Spark would take them for huge and build a filter of
    // a megabyte for each join with them.
    defaults.put("spark.sql.optimizer.runtime.bloomFilter.enabled", "false");
    // Nobody reads plans of a megabyte, but Spark would print them for its listeners again and
    // again.
    defaults.put("spark.sql.maxPlanStringLength", "4096");
    defaults.put("spark.sql.debug.maxToStringFields", "10");
    // Rows of a few days, wide as they are, need not be sorted only to be written day by day.
    defaults.put("spark.sql.maxConcurrentOutputFileWriters", "32");
    // Spark's own form of instants, of twelve bytes, is for readers that are long gone.
    defaults.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    defaults.put("spark.cleaner.referenceTracking.cleanCheckpoints", "true");
    defaults.put("spark.sql.adaptive.enabled", "true");
    // Each generated class would be fetched from the driver, which is this very process or has no
    // classes of others.
    defaults.put("spark.sql.artifact.isolation.enabled", "false");
    // Else whatever looks at a value by its type asks the environment of the process first.
    defaults.put("spark.sql.types.framework.enabled", "false");
    defaults.put("spark.ui.showConsoleProgress", "false");
    // Spark's own, and our key, in whatever it shows or logs of settings and command lines.
    defaults.put("spark.redaction.regex", "(?i)secret|password|token|access[.]?key|id[-_]key");
    return defaults;
  }

  private static Map<String, String> localDefaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("spark.sql.shuffle.partitions", String.valueOf(Math.max(2, cores)));
    defaults.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
    defaults.put("spark.ui.enabled", "false");
    // Without a page to show them on, ended queries need not be remembered.
    defaults.put("spark.sql.ui.retainedExecutions", "5");
    defaults.put("spark.ui.retainedJobs", "20");
    defaults.put("spark.ui.retainedStages", "20");
    defaults.put("spark.ui.retainedTasks", "100");
    // Each task would be sent, and each sum begun, in buffers of many megabytes, which are mostly
    // empty, and must be cleared and collected.
    defaults.put("spark.broadcast.blockSize", "256k");
    defaults.put("spark.buffer.pageSize", "2m");
    if (Runtime.getRuntime().maxMemory() / cores >= HEAP_TO_HASH) {
      // The smaller side of a join is held in memory where it is no larger than this, as shuffled,
      // instead of both being sorted: a fifth less CPU for finding whose touchpoints are.
      defaults.put("spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold", "64m");
    }
    // The machine's own name need not resolve.
    defaults.put("spark.driver.host", "localhost");
    defaults.put("spark.driver.bindAddress", "127.0.0.1");
    return defaults;
  }
}
