package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.process.MisuseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

  @Test
  void innermostCauseIsTheReason() {
    Exception problem =
        new IllegalStateException(
            "Job aborted", new RuntimeException("task 3", new IOException("No space left\nmore")));

    assertThat(Failures.cause(problem)).isEqualTo("No space left");
  }

  @Test
  void causeWithoutAMessageIsNamed() {
    assertThat(Failures.cause(new NullPointerException())).isEqualTo("NullPointerException");
  }

  @Test
  void failureIsOneLineAndCodeOne() {
    StringWriter err = new StringWriter();

    int code = failing(new IllegalStateException("disk full"), err).execute();

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).startsWith("failing failed: disk full\n").doesNotContain("\tat ");
  }

  @Test
  void misuseIsItsMessageAndCodeTwo() {
    StringWriter err = new StringWriter();

    int code = failing(new MisuseException("Give one of both."), err).execute();

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("Give one of both.\n");
  }

  private static CommandLine failing(RuntimeException problem, StringWriter err) {
    return new CommandLine(new Failing(problem))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(Failures::ofWork);
  }

  @Command(name = "failing")
  private record Failing(RuntimeException problem) implements Callable<Integer> {

    @Override
    public Integer call() {
      throw problem;
    }
  }
}
