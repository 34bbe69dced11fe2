package io.itinera.jobs.lake;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tells which rows of a table others take the place of. */
public interface Replaced {

  /**
   * The rows that others take the place of.
   *
   * @param rows of the table
   */
  Dataset<Row> replaced(Dataset<Row> rows);

  /**
   * The rows that stay.
   *
   * @param rows of the table
   */
  Dataset<Row> staying(Dataset<Row> rows);
}
