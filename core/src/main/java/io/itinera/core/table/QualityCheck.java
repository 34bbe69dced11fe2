package io.itinera.core.table;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Something that is checked every night, and what came of it; it stops nothing.
 *
 * @param table what was checked
 * @param check what should be so
 * @param passed whether it is
 * @param observed what was found
 * @param expected what should have been found
 */
public record QualityCheck(
    Table table, String check, boolean passed, String observed, String expected) {

  private static final String SEVERITY = "warning";

  /** The check in the run {@code runId} as a row of {@link QualityChecks}. */
  public Row row(String runId) {
    return RowFactory.create(runId, table.name(), check, passed, observed, expected, SEVERITY);
  }
}
