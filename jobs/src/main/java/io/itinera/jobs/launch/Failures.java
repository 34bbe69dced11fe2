package io.itinera.jobs.launch;

import io.itinera.jobs.config.ConfigProblemsException;
import io.itinera.jobs.night.ChangedSettingsException;
import io.itinera.jobs.night.ErrorText;
import io.itinera.jobs.night.OldWarehouseException;
import io.itinera.jobs.process.LogFile;
import io.itinera.jobs.process.MisuseException;
import java.io.PrintWriter;
import org.apache.logging.log4j.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that did not succeed ends: a short text and an exit code, never a stack trace. */
final class Failures {

  static final int FAILED = 1;
  static final int MISUSED = 2;

  private Failures() {}

  /** What picocli could not make sense of. */
  static int ofUsage(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(problem.getMessage());
    UnmatchedArgumentException.printSuggestions(problem, err);
    err.println("Try: %s --help".formatted(command.getCommandSpec().qualifiedName()));
    return MISUSED;
  }

  /** What a command threw. */
  static int ofWork(Exception problem, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (problem instanceof ConfigProblemsException
        || problem instanceof MisuseException
        || problem instanceof ChangedSettingsException
        || problem instanceof OldWarehouseException) {
      err.println(problem.getMessage());
      return MISUSED;
    }
    String name = command.getCommandSpec().qualifiedName();
    LogManager.getLogger(Failures.class).error("{} failed", name, problem);
    err.println("%s failed: %s".formatted(name, cause(problem)));
    LogFile.current().ifPresent(log -> err.println("More is in " + log));
    return FAILED;
  }

  /** One line that says why, from the innermost cause: the outer ones speak of tasks and stages. */
  static String cause(Throwable problem) {
    return ErrorText.line(problem);
  }
}
