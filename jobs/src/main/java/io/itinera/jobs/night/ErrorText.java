package io.itinera.jobs.night;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/**
 * What may be said of a failure. Spark and Java quote the value that they could not read, which may
 * be a card number or somebody's name; screen, log and ledger are read by people who must not see
 * it. So of others' messages only those are told that speak of plans and files. Of the rest the
 * kind of error stays, Spark's own sentence without its values, and the place in the code.
 */
public final class ErrorText {

  private static final int LONGEST = 500;
  private static final int LONGEST_FRAGMENT = 120;
  private static final String OURS = "io.itinera.";
  private static final Pattern PARAMETER = Pattern.compile("<([a-zA-Z0-9]++)>");

  /** Parameters of Spark's messages that name what the settings name, never what records hold. */
  private static final Set<String> NAMES =
      Set.of(
          "ansiConfig",
          "columnName",
          "config",
          "dataType",
          "expectedType",
          "fieldName",
          "file",
          "fileName",
          "functionName",
          "objectName",
          "operation",
          "path",
          "precision",
          "scale",
          "sourceType",
          "tableName",
          "targetType");

  private ErrorText() {}

  /** One line that says why, from the innermost cause: the outer ones speak of tasks and stages. */
  public static String line(Throwable problem) {
    List<Throwable> chain = chain(problem);
    Throwable innermost = chain.get(chain.size() - 1);
    String line = firstLine(message(innermost));
    if (line.isEmpty()) {
      line = innermost.getClass().getSimpleName();
    }
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** As {@link #line}, without its full stop: to stand within a sentence. */
  static String clause(Throwable problem) {
    return line(problem).replaceAll("\\.$", "");
  }

  /** The stack trace with all causes, each told as far as it may be. */
  public static String trace(Throwable problem) {
    StringBuilder text = new StringBuilder();
    for (Throwable each : chain(problem)) {
      text.append(text.isEmpty() ? "" : "Caused by: ").append(each.getClass().getName());
      String message = message(each);
      text.append(message.isEmpty() ? "" : ": " + message).append('\n');
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("\tat ").append(frame).append('\n');
      }
      for (Throwable other : each.getSuppressed()) {
        text.append("\tSuppressed: ").append(line(other)).append('\n');
      }
    }
    return text.toString();
  }

  /** What {@code problem} itself says, as far as it may be told; empty if it says nothing. */
  static String message(Throwable problem) {
    String own = problem.getMessage();
    if (own == null || own.isBlank()) {
      return "";
    }
    if (problem instanceof AnalysisException) {
      return own;
    }
    if (problem instanceof SparkThrowable known && known.getCondition() != null) {
      return ofSpark(known);
    }
    if (isOpen(problem) && !quotesAnother(problem)) {
      return own;
    }
    return problem.getClass().getSimpleName() + place(problem);
  }

  /** Made by our own code, which puts no value into a message, or about files. */
  private static boolean isOpen(Throwable problem) {
    String type = problem.getClass().getName();
    StackTraceElement[] frames = problem.getStackTrace();
    boolean isMadeHere = frames.length > 0 && frames[0].getClassName().startsWith(OURS);
    boolean isAboutFiles =
        (problem instanceof IOException || problem instanceof UncheckedIOException)
            && Stream.of("java.io.", "java.nio.file.", "org.apache.hadoop.fs.")
                .anyMatch(type::startsWith);
    return type.startsWith(OURS) || isMadeHere || isAboutFiles;
  }

  /** Whether it hands on the words of a cause that must not speak for itself. */
  private static boolean quotesAnother(Throwable problem) {
    return chain(problem).stream()
        .skip(1)
        .filter(cause -> cause.getMessage() != null && !cause.getMessage().isBlank())
        .filter(cause -> !message(cause).equals(cause.getMessage()))
        .anyMatch(cause -> problem.getMessage().contains(firstLine(cause.getMessage())));
  }

  private static String ofSpark(SparkThrowable known) {
    Map<String, String> values = known.getMessageParameters();
    String template = known.getDefaultMessageTemplate();
    String sentence =
        template == null
            ? ""
            : PARAMETER
                .matcher(template)
                .replaceAll(
                    match ->
                        Matcher.quoteReplacement(
                            NAMES.contains(match.group(1))
                                ? values.getOrDefault(match.group(1), "…")
                                : "…"));
    return "[%s] %s%s".formatted(known.getCondition(), firstLine(sentence), place(known));
  }

  /** The piece of SQL, of ours or of the settings, that could not be computed. */
  private static String place(SparkThrowable known) {
    QueryContext[] contexts = known.getQueryContext();
    if (contexts.length == 0) {
      return "";
    }
    String fragment = contexts[0].fragment();
    return fragment == null || fragment.isBlank() || fragment.length() > LONGEST_FRAGMENT
        ? ""
        : " In: " + firstLine(fragment);
  }

  private static String place(Throwable problem) {
    return Stream.of(problem.getStackTrace())
        .filter(frame -> frame.getClassName().startsWith(OURS))
        .findFirst()
        .or(() -> Stream.of(problem.getStackTrace()).findFirst())
        .map(frame -> " at %s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
        .orElse("");
  }

  private static List<Throwable> chain(Throwable problem) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = problem; each != null && seen.add(each); each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  private static String firstLine(String text) {
    return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
  }
}
