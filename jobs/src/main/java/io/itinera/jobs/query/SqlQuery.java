package io.itinera.jobs.query;

import io.itinera.jobs.night.ErrorText;
import io.itinera.jobs.process.MisuseException;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A query as typed: runs it, and says what is wrong with it in a few lines. */
public final class SqlQuery {

  private final String text;
  private final String database;
  private final Path warehouse;

  /**
   * A query that runs nowhere yet.
   *
   * @param database the only one whose tables may be named
   * @param warehouse the only folder of which files are read
   */
  public SqlQuery(String text, String database, Path warehouse) {
    this.text = text;
    this.database = database;
    this.warehouse = warehouse;
  }

  /** What the query does with its rows, when they are computed at last. */
  @FunctionalInterface
  public interface Reader {
    void read(Dataset<Row> rows) throws Exception;
  }

  /**
   * Runs the query and hands its rows to {@code reader}.
   *
   * @throws MisuseException if the query is wrong, would change something, or fails on its data
   */
  public void run(SparkSession spark, Reader reader) throws Exception {
    try {
      SqlGuard guard = new SqlGuard(database);
      // Before anything is analysed: that alone would run EXECUTE IMMEDIATE.
      guard.requireQuestion(spark.sessionState().sqlParser().parsePlan(text));
      Dataset<Row> rows = spark.sql(text);
      guard.requireTables(rows.queryExecution().analyzed(), warehouse);
      reader.read(rows);
    } catch (Exception problem) {
      throw mistake(problem) ? new MisuseException(describe(problem), problem) : problem;
    }
  }

  /**
   * Answers a question in which somebody has typed SQL predicates.
   *
   * @throws MisuseException if one is wrong, or fails on its data
   */
  public static <T> T ofTyped(Callable<T> question) throws Exception {
    try {
      return question.call();
    } catch (Exception problem) {
      throw mistake(problem) ? new MisuseException("SQL: " + message(problem), problem) : problem;
    }
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
        known instanceof AnalysisException wrong ? wrong.message() : ErrorText.line(known);
    return message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^\\[[A-Z0-9_.]+] ", "")
        .replaceFirst(" SQLSTATE: [0-9A-Z]{5}.*$", "");
  }
}
