package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import java.io.PrintWriter;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;

/** Gives a command its configuration, session and screen, and takes them away afterwards. */
final class Launcher {

  // Set by scripts/itinera: newer JDKs no longer tell a terminal from a pipe.
  private static final String TERMINAL = "ITINERA_TERMINAL";

  private Launcher() {}

  /** What a command does between the start and the end of its session. */
  @FunctionalInterface
  interface Work {
    int run(SparkSession spark, ItineraConfig config, Screen screen) throws Exception;
  }

  /** Runs {@code work} with what {@code options} name; gives its exit code. */
  static int launch(CommandSpec command, CommonOptions options, Work work) throws Exception {
    ItineraConfig config = options.read();
    LogFile.open(LogFile.forRun(config.warehouse(), System.getenv()));
    LogManager.getLogger(Launcher.class)
        .info("{} {}", command.name(), command.commandLine().getParseResult().originalArgs());
    PrintWriter out = command.commandLine().getOut();
    TaskCount tasks = new TaskCount();
    SparkSession spark = SessionFactory.create(config);
    spark.sparkContext().addSparkListener(tasks);
    try (Screen screen = new Screen(out, tasks, System.getenv(TERMINAL) != null)) {
      return work.run(spark, config, screen);
    } finally {
      out.flush();
      stop(spark);
    }
  }

  /** A session that this JVM's tests share stays. */
  private static void stop(SparkSession spark) {
    if (!Boolean.getBoolean("itinera.keep-session")) {
      spark.stop();
    }
  }
}
