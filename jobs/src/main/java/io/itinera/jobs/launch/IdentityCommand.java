package io.itinera.jobs.launch;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Who is who: its commands. */
@Command(
    name = "identity",
    description = "Tells who is who, why, and how well; takes decisions, and learns from profiles.",
    synopsisSubcommandLabel = "COMMAND")
final class IdentityCommand {

  private IdentityCommand() {}

  /** With all its commands. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new IdentityCommand());
    line.addSubcommand(new ExplainCommand())
        .addSubcommand(new ShowCommand())
        .addSubcommand(new HistoryCommand())
        .addSubcommand(new ReviewCommand())
        .addSubcommand(new TrainCommand())
        .addSubcommand(new EvaluateCommand());
    DecisionCommand.all().forEach(line::addSubcommand);
    return line.addSubcommand(new HelpCommand());
  }
}
