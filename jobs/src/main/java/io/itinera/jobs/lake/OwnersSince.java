package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The owners whose rows are replaced.
 *
 * @param owner column of the table that names the owner
 * @param place where a row of the table begins, in the order of the owner's rows
 * @param since the column {@code owner} and a column {@code since}, of the type of {@code place}:
 *     rows of that owner that begin there or behind it are replaced
 */
public record OwnersSince(String owner, Column place, Dataset<Row> since) implements Replaced {

  private static final String OWNER = "replaced_owner";
  private static final String SINCE = "replaced_since";

  @Override
  public Dataset<Row> replaced(Dataset<Row> rows) {
    return join(rows, "left_semi");
  }

  @Override
  public Dataset<Row> staying(Dataset<Row> rows) {
    return join(rows, "left_anti");
  }

  private Dataset<Row> join(Dataset<Row> rows, String joinType) {
    Dataset<Row> wanted = since.select(col(owner).as(OWNER), col("since").as(SINCE));
    Column isReplaced = col(owner).equalTo(col(OWNER)).and(place.geq(col(SINCE)));
    return rows.join(wanted, isReplaced, joinType);
  }
}
