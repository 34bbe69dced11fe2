package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.itinera.core.pattern.SafePattern;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class ErrorTextTest {

  private static final String CARD = "4915112345678901x";

  @Test
  void messagesOfOurOwnAndOfFilesAreTold() {
    assertThat(ErrorText.line(new IllegalStateException("source crm has no files")))
        .isEqualTo("source crm has no files");
    assertThat(ErrorText.line(new RuntimeException("a task", new NoSuchFileException("/in/a.csv"))))
        .isEqualTo("/in/a.csv");
    assertThat(ErrorText.line(new IllegalStateException("x", new IOException("No space left"))))
        .isEqualTo("No space left");
  }

  @Test
  void messagesOfOthersAreNotButTheirKindAndPlaceAre() {
    Throwable number = catchThrowable(() -> Long.parseLong(CARD));
    Throwable date = catchThrowable(() -> LocalDate.parse(CARD.strip()));
    Throwable pattern = catchThrowable(() -> SafePattern.of(CARD + "("));

    assertThat(ErrorText.line(number)).startsWith("NumberFormatException at ErrorTextTest.java:");
    assertThat(ErrorText.line(date)).startsWith("DateTimeParseException at ErrorTextTest.java:");
    for (Throwable problem : List.of(number, date, pattern)) {
      assertThat(ErrorText.line(problem)).doesNotContain(CARD);
      assertThat(ErrorText.trace(problem)).doesNotContain(CARD).contains("\tat ");
    }
  }

  @Test
  void causesWordsAreNotTakenOverEither() {
    Throwable number = catchThrowable(() -> Long.parseLong(CARD));
    Exception outer = new IllegalStateException(number.toString(), number);
    Exception suppressing = new IllegalStateException("closing");
    suppressing.addSuppressed(number);

    assertThat(ErrorText.line(outer)).doesNotContain(CARD);
    assertThat(ErrorText.trace(outer)).doesNotContain(CARD).contains("NumberFormatException");
    assertThat(ErrorText.trace(suppressing)).doesNotContain(CARD).contains("closing");
  }

  @Test
  void sparksSentenceStaysWithoutItsValues() {
    SparkException problem =
        new SparkException(
            "CAST_INVALID_INPUT",
            scala.collection.immutable.Map.from(
                CollectionConverters.asScala(
                    Map.of(
                        "expression", "'" + CARD + "'",
                        "sourceType", "\"STRING\"",
                        "targetType", "\"INT\"",
                        "ansiConfig", "\"spark.sql.ansi.enabled\""))),
            null);

    assertThat(ErrorText.line(problem))
        .startsWith(
            "[CAST_INVALID_INPUT] The value … of the type \"STRING\" cannot be cast to \"INT\"")
        .doesNotContain(CARD);
  }

  @Test
  void jobThatWasAbortedIsToldByItsKindAlone() {
    SparkException problem =
        new SparkException("Job aborted due to stage failure: ... value '" + CARD + "'");

    problem.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.apache.spark.scheduler.DAGScheduler", "abort", "DAG.scala", 1)
        });

    assertThat(ErrorText.line(problem)).isEqualTo("SparkException at DAG.scala:1");
  }
}
