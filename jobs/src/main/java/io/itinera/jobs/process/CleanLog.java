package io.itinera.jobs.process;

import io.itinera.jobs.night.ErrorText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Takes out of what is logged whatever records may hold. Spark tells of a failed task with the
 * exception's own words, which quote the value that could not be read.
 */
final class CleanLog implements RewritePolicy {

  /** An exception's name, or one of Spark's conditions; behind it are its words. */
  private static final Pattern WORDS_FOLLOW =
      Pattern.compile(
          "\\w(?:Exception|Error)\\b(?:: \\[[A-Z][A-Z0-9_.]+])?|\\[[A-Z][A-Z0-9]*_[A-Z0-9_.]+]");

  private static final String FRAME = "\tat ";

  @Override
  public LogEvent rewrite(LogEvent event) {
    boolean isOurs =
        event.getLoggerName() != null && event.getLoggerName().startsWith("io.itinera");
    String said = event.getMessage().getFormattedMessage();
    String text = isOurs ? said : cleaned(said);
    if (event.getThrown() != null) {
      text = text + System.lineSeparator() + ErrorText.trace(event.getThrown()).stripTrailing();
    }
    return new Log4jLogEvent.Builder(event)
        .setMessage(new SimpleMessage(text))
        .setThrown(null)
        .build();
  }

  /** The first line up to the words of an exception, and the frames of its stack. */
  static String cleaned(String text) {
    String first = text.lines().findFirst().orElse("");
    Matcher words = WORDS_FOLLOW.matcher(first);
    String head =
        words.find() && words.end() < first.length()
            ? first.substring(0, words.end()) + " …"
            : first;
    String frames =
        text.lines()
            .skip(1)
            .filter(line -> line.startsWith(FRAME))
            .collect(Collectors.joining("\n"));
    return frames.isEmpty() ? head : head + "\n" + frames;
  }
}
