package io.itinera.jobs.launch;

import io.itinera.jobs.process.SecondProcess;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The entry of every command: {@code itinera <command> [options]}. */
@Command(
    name = "itinera",
    description = "Customer journeys from raw logs to Delta tables.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 the command line, the configuration or the SQL is at fault.",
      "Spark's own log is in _logs/itinera.log in the warehouse, or where ITINERA_LOG says."
    })
public final class Main {

  private static final String COMMAND = "sun.java.command";
  private static final Pattern SECRET =
      Pattern.compile(
          "((?:id-key|password|token)[\"']?\\s*[=:]?).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Main() {}

  /** Runs one command and ends the JVM with its exit code, unless that is 0. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    SecondProcess.endWithFirst();
    hideSecrets(args);
    int code = commandLine(out, err).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Spark tells the JVM's own command line to its log of events and to its page. */
  static void hideSecrets(String... args) {
    String command = System.getProperty(COMMAND, "");
    for (String arg : args) {
      if (SECRET.matcher(arg).find()) {
        command = command.replace(arg, SECRET.matcher(arg).replaceFirst("$1(hidden)"));
      }
    }
    System.setProperty(COMMAND, command);
  }

  /** All commands, with their results on {@code out} and their complaints on {@code err}. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new NightlyCommand());
    line.addSubcommand(new IngestCommand());
    StageCommand.all().forEach(line::addSubcommand);
    line.addSubcommand(new SqlCommand())
        .addSubcommand(new TablesCommand())
        .addSubcommand(new ViewsCommand())
        .addSubcommand(new ServeCommand())
        .addSubcommand(new RunsCommand())
        .addSubcommand(new VerifyCommand())
        .addSubcommand(new ReportCommand())
        .addSubcommand(new RejectedCommand())
        .addSubcommand(IdentityCommand.line())
        .addSubcommand(new CheckCommand())
        .addSubcommand(new GenerateCommand())
        .addSubcommand(new DemoCommand())
        .addSubcommand(new HelpCommand());
    return line.setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler(Failures::ofUsage)
        .setExecutionExceptionHandler(Failures::ofWork);
  }
}
