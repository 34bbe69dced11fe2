package io.itinera.jobs.launch;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
      "Spark's own log is in logs/itinera.log beside the warehouse, or where ITINERA_LOG says."
    })
public final class Main {

  private Main() {}

  /** Runs one command and ends the JVM with its exit code, unless that is 0. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = commandLine(out, err).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** All commands, with their results on {@code out} and their complaints on {@code err}. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new NightlyCommand());
    line.addSubcommand(new IngestCommand());
    StageCommand.all().forEach(line::addSubcommand);
    line.addSubcommand(new SqlCommand())
        .addSubcommand(new TablesCommand())
        .addSubcommand(new RunsCommand())
        .addSubcommand(new RejectedCommand())
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
