package io.itinera.core.table;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A check that stops the night if it does not pass.
 *
 * @param table what was checked
 * @param check what should be so
 * @param observed what was found
 * @param expected what should have been found
 */
public record RequiredCheck(Table table, String check, String observed, String expected) {

  private static final String SEVERITY = "error";

  /** Whether it passed. */
  public boolean passed() {
    return observed.equals(expected);
  }

  /** The outcome in the run {@code runId} as a row of {@link QualityChecks}. */
  public Row row(String runId) {
    return RowFactory.create(runId, table.name(), check, passed(), observed, expected, SEVERITY);
  }
}
