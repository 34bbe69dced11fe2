package io.itinera.core.table;

import org.apache.spark.sql.Row;

/**
 * A check that did not pass, which stops nothing.
 *
 * @param table what was checked
 * @param check what should be so
 * @param observed what was found
 * @param expected what should have been found
 */
public record QualityWarning(Table table, String check, String observed, String expected) {

  /** The warning of the run {@code runId} as a row of {@link QualityChecks}. */
  public Row row(String runId) {
    return new QualityCheck(table, check, false, observed, expected).row(runId);
  }
}
