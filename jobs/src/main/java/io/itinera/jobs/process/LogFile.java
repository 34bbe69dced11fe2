package io.itinera.jobs.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.rewrite.RewriteAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.apache.spark.SparkConf;

/**
 * Where Spark and the application log: a file, never the screen.
 *
 * <p>Set up by code, because under {@code spark-submit} logging has started long before a file in
 * our jar could be found.
 */
public final class LogFile {

  private static final String NAME = "itinera.log";
  private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5p %c{1} - %m%n";

  // Spark's, which under spark-submit has another class loader than ours. Log4j itself holds it
  // weakly: once collected, it would come back without our configuration.
  private static final LoggerContext CONTEXT =
      (LoggerContext) LogManager.getContext(SparkConf.class.getClassLoader(), false);

  private static volatile Path current;

  private LogFile() {}

  /** The file that is written now; empty as long as none is. */
  public static Optional<Path> current() {
    return Optional.ofNullable(current);
  }

  /**
   * The file for a command on {@code warehouse}: what {@code ITINERA_LOG} names, else {@code
   * _logs/itinera.log} in a local warehouse, or the temporary folder.
   *
   * @param writes whether the command writes tables; one that only looks makes no folder anywhere
   */
  public static Path forRun(String warehouse, boolean writes, Map<String, String> environment) {
    String named = environment.getOrDefault("ITINERA_LOG", "");
    if (!named.isBlank()) {
      return Path.of(named).toAbsolutePath();
    }
    String local = warehouse.replaceFirst("^file:/+", "/");
    if (local.contains(":/")) {
      return fallback();
    }
    Path folder = Path.of(local).toAbsolutePath().resolve("_logs");
    return writes || Files.isDirectory(folder) ? folder.resolve(NAME) : fallback();
  }

  /** Logs nothing until a file is known. */
  public static void silence() {
    // Spark sets up its console log at its first word, whatever is there: it shall do so now.
    new SparkConf(false).initializeLogIfNecessary(false, true);
    ConfigurationBuilder<BuiltConfiguration> builder = builder();
    builder.add(builder.newAppender("nothing", "Null"));
    builder.add(builder.newRootLogger(Level.OFF).add(builder.newAppenderRef("nothing")));
    CONTEXT.reconfigure(builder.build());
  }

  /** Sends everything that is logged from now on to {@code file}, or to one that can be written. */
  public static void open(Path file) {
    Path usable = writable(file) ? file : fallback();
    ConfigurationBuilder<BuiltConfiguration> builder = builder();
    builder.add(
        builder
            .newAppender("file", "RollingFile")
            .addAttribute("fileName", usable.toString())
            .addAttribute("filePattern", usable + ".%i")
            .add(builder.newLayout("PatternLayout").addAttribute("pattern", PATTERN))
            .addComponent(
                builder
                    .newComponent("Policies")
                    .addComponent(
                        builder
                            .newComponent("SizeBasedTriggeringPolicy")
                            .addAttribute("size", "20MB")))
            .addComponent(
                builder.newComponent("DefaultRolloverStrategy").addAttribute("max", "3")));
    builder.add(builder.newLogger("io.itinera", Level.INFO));
    // Each plan would tell that its text was cut, and where a hint has no effect: on purpose.
    builder.add(builder.newLogger("org.apache.spark.sql.catalyst.util", Level.ERROR));
    builder.add(
        builder.newLogger("org.apache.spark.sql.catalyst.analysis.HintErrorLogger", Level.ERROR));
    // A log without a checkpoint is a short one, which is no reason to warn.
    builder.add(
        builder.newLogger("io.delta.kernel.internal.snapshot.SnapshotManager", Level.ERROR));
    builder.add(builder.newRootLogger(Level.WARN));
    BuiltConfiguration configuration = builder.build();
    CONTEXT.reconfigure(configuration);
    clean(configuration);
    current = usable;
  }

  /**
   * Puts {@link CleanLog} before the file; as an object, since Spark's Log4j cannot find our class.
   */
  private static void clean(BuiltConfiguration configuration) {
    AppenderRef[] file = {AppenderRef.createAppenderRef("file", null, null)};
    RewriteAppender clean =
        RewriteAppender.createAppender("clean", "false", file, configuration, new CleanLog(), null);
    clean.start();
    configuration.addAppender(clean);
    configuration.getRootLogger().addAppender(clean, null, null);
    CONTEXT.updateLoggers();
  }

  private static ConfigurationBuilder<BuiltConfiguration> builder() {
    return ConfigurationBuilderFactory.newConfigurationBuilder().setStatusLevel(Level.OFF);
  }

  private static boolean writable(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.exists(file) ? Files.isWritable(file) : Files.isWritable(file.getParent());
    } catch (IOException problem) {
      return false;
    }
  }

  private static Path fallback() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_.-]", "_");
    return Path.of(System.getProperty("java.io.tmpdir"), "itinera-" + user + ".log");
  }
}
