package io.itinera.jobs.launch;

import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.CodeVersion;
import io.itinera.jobs.process.LogFile;
import io.itinera.jobs.process.QuickCompiler;
import io.itinera.jobs.process.SecondProcess;
import io.itinera.jobs.process.SessionFactory;
import io.itinera.jobs.screen.Screen;
import io.itinera.jobs.screen.TaskCount;
import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
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

  /** What a command does without a session. */
  @FunctionalInterface
  interface Look {
    int run(Configuration hadoop, ItineraConfig config) throws Exception;
  }

  /** Whether somebody sees what is printed while it is. */
  static boolean isOnTerminal() {
    return System.getenv(TERMINAL) != null;
  }

  /** Runs {@code look}, which starts no session, with what {@code options} name. */
  static int look(CommandSpec command, CommonOptions options, Look look) throws Exception {
    ItineraConfig config = read(options);
    begin(command, config, false);
    SparkConf settings = SessionFactory.settings(new SparkConf(), config.spark());
    return look.run(SparkHadoopUtil.get().newConfiguration(settings), config);
  }

  /** Runs {@code work}, which only looks at tables, with what {@code options} name. */
  static int ask(CommandSpec command, CommonOptions options, Work work) throws Exception {
    return run(command, options, false, work);
  }

  /** Runs {@code work}, which writes tables, with what {@code options} name. */
  static int launch(CommandSpec command, CommonOptions options, Work work) throws Exception {
    return run(command, options, true, work);
  }

  private static int run(CommandSpec command, CommonOptions options, boolean writes, Work work)
      throws Exception {
    ItineraConfig config = read(options);
    if (QuickCompiler.isAlone() && (options.expectsMuch() || !QuickCompiler.suits(config))) {
      CommandLine whole = command.root().commandLine();
      return SecondProcess.run(Main.class.getName(), whole.getParseResult().originalArgs());
    }
    begin(command, config, writes);
    PrintWriter out = command.commandLine().getOut();
    TaskCount tasks = new TaskCount();
    boolean isOurs = SparkSession.getDefaultSession().isEmpty();
    SparkSession spark = SessionFactory.create(config);
    spark.sparkContext().addSparkListener(tasks);
    try (Screen screen = new Screen(out, tasks, isOnTerminal())) {
      return work.run(spark, config, screen);
    } finally {
      out.flush();
      spark.sparkContext().removeSparkListener(tasks);
      if (isOurs) {
        SessionFactory.removeCheckpoints(spark);
        spark.stop();
      }
    }
  }

  private static ItineraConfig read(CommonOptions options) {
    LogFile.silence();
    return options.read();
  }

  private static void begin(CommandSpec command, ItineraConfig config, boolean writes) {
    LogFile.open(LogFile.forRun(config.warehouse(), writes, System.getenv()));
    LogManager.getLogger(Launcher.class)
        .info("{} on {}, {}", command.name(), config.warehouse(), CodeVersion.current());
    // The sample company has a key of its own, and nobody in it is real.
    if (writes && config.identity().hasPublicKey() && !command.name().equals("demo")) {
      command
          .commandLine()
          .getErr()
          .println(
              "Warning: itinera.id-key is the public default, so anybody can test whether a"
                  + " customer id belongs to an e-mail address. Set ITINERA_ID_KEY where people are"
                  + " real.");
    }
  }
}
