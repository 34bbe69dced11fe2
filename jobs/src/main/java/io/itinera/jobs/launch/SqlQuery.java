package io.itinera.jobs.launch;

import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** A query as typed: runs it, and says what is wrong with it in a few lines. */
final class SqlQuery {

  private final String text;

  SqlQuery(String text) {
    this.text = text;
  }

  /** What the query does with its rows, when they are computed at last. */
  @FunctionalInterface
  interface Reader {
    void read(Dataset<Row> rows) throws Exception;
  }

  /**
   * Runs the query and hands its rows to {@code reader}.
   *
   * @throws MisuseException if the query is wrong, would change something, or fails on its data
   */
  void run(SparkSession spark, Reader reader) throws Exception {
    try {
      requireNoChange(spark.sessionState().sqlParser().parsePlan(text));
      reader.read(spark.sql(text));
    } catch (Exception problem) {
      throw mistake(problem) ? new MisuseException(describe(problem), problem) : problem;
    }
  }

  private static void requireNoChange(LogicalPlan plan) {
    if (plan.exists(SqlQuery::changes)) {
      throw new MisuseException(
          "Only questions are answered here (SELECT, DESCRIBE, SHOW, EXPLAIN); nothing was"
              + " changed.");
    }
  }

  private static boolean changes(LogicalPlan node) {
    boolean tells = node.getClass().getSimpleName().matches("(Describe|Show|Explain).*");
    return !tells && (node instanceof Command || node instanceof InsertIntoStatement);
  }

  /** Whether the query is at fault: the SQL standard's classes for syntax, names and data. */
  private static boolean mistake(Throwable problem) {
    return problem instanceof AnalysisException || stateOf(problem).matches("(21|22|42).*");
  }

  private static String stateOf(Throwable problem) {
    for (Throwable each = problem; each != null; each = each.getCause()) {
      if (each instanceof SparkThrowable known && known.getSqlState() != null) {
        return known.getSqlState();
      }
    }
    return "";
  }

  private String describe(Throwable problem) {
    if (problem instanceof AnalysisException wrong && wrong.line().isDefined()) {
      int line = (Integer) wrong.line().get();
      int column = wrong.startPosition().isDefined() ? (Integer) wrong.startPosition().get() : 0;
      return "SQL, line %d, column %d: %s%n%s"
          .formatted(line, column + 1, message(problem), pointer(line, column));
    }
    return "SQL: " + message(problem);
  }

  private String pointer(int line, int column) {
    String shown = text.lines().skip(line - 1L).findFirst().orElse("");
    return "  %s%n  %s^".formatted(shown, " ".repeat(column));
  }

  /** Spark's own sentence without its error class, state, copy of the query and plan. */
  private static String message(Throwable problem) {
    Throwable known = problem;
    while (!(known instanceof SparkThrowable) && known.getCause() != null) {
      known = known.getCause();
    }
    String message =
        known instanceof AnalysisException wrong ? wrong.message() : Failures.cause(known);
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^\\[[A-Z0-9_.]+] ", "")
        .replaceFirst(" SQLSTATE: [0-9A-Z]{5}.*$", "");
  }
}
