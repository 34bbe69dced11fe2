package io.itinera.core.table;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A check that did not pass, which stops nothing.
 *
 * @param table what was checked
 * @param check what should be so
 * @param observed what was found
 * @param expected what should have been found
 */
public record QualityWarning(Table table, String check, String observed, String expected) {

  private static final String SEVERITY = "warning";

  /** The warning of the run {@code runId} as a row of {@link QualityChecks}. */
  public Row row(String runId) {
    return RowFactory.create(runId, table.name(), check, false, observed, expected, SEVERITY);
  }
}
