package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The owners whose rows are replaced.
 *
 * @param owner column of the table that names the owner
 * @param time column of the table that tells when a row begins
 * @param since the column {@code owner} and a column {@code since}: rows of that owner from then on
 *     are replaced
 */
public record OwnersSince(String owner, String time, Dataset<Row> since) {

  /** The rows that are replaced. */
  Dataset<Row> replaced(Dataset<Row> rows) {
    return join(rows, "left_semi");
  }

  /** The rows that stay. */
  Dataset<Row> staying(Dataset<Row> rows) {
    return join(rows, "left_anti");
  }

  private Dataset<Row> join(Dataset<Row> rows, String joinType) {
    Dataset<Row> wanted = since.select(col(owner).as("replaced_owner"), col("since"));
    Column isReplaced = col(owner).equalTo(col("replaced_owner")).and(col(time).geq(col("since")));
    return rows.join(wanted, isReplaced, joinType);
  }
}
