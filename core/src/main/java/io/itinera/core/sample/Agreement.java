package io.itinera.core.sample;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.spark.HoldRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well a grouping agrees with the true one, over all pairs of members.
 *
 * @param members how many were compared
 * @param found pairs that the grouping puts together
 * @param planted pairs that truly belong together
 * @param both pairs that are both
 */
public record Agreement(long members, double found, double planted, double both) {

  /** Column of the input: the group that was found. */
  public static final String FOUND = "found_group";

  /** Column of the input: the true group. */
  public static final String PLANTED = "planted_group";

  private static final String SIZE = "group_size";

  /**
   * Counts the pairs from the sizes of groups and of their overlaps, so that no pair is formed.
   *
   * @param members one row per member with {@link #FOUND} and {@link #PLANTED}
   */
  public static Agreement of(Dataset<Row> members) {
    Dataset<Row> cells =
        members.groupBy(FOUND, PLANTED).agg(count(lit(1)).as(SIZE)).transform(HoldRows::of);
    long size = cells.agg(coalesce(sum(SIZE), lit(0L))).first().getLong(0);
    return new Agreement(
        size, pairs(cells, FOUND), pairs(cells, PLANTED), pairs(cells, FOUND, PLANTED));
  }

  /** Share of the pairs put together that belong together; 1 when none was. */
  public double precision() {
    return found == 0 ? 1 : both / found;
  }

  /** Share of the pairs that belong together that were put together; 1 when there is none. */
  public double recall() {
    return planted == 0 ? 1 : both / planted;
  }

  /** Harmonic mean of precision and recall. */
  public double f1() {
    double sum = precision() + recall();
    return sum == 0 ? 0 : 2 * precision() * recall() / sum;
  }

  private static double pairs(Dataset<Row> cells, String... group) {
    Column[] by = java.util.Arrays.stream(group).map(name -> col(name)).toArray(Column[]::new);
    Column pairs = col(SIZE).multiply(col(SIZE).minus(1)).divide(2).cast("long");
    return cells
        .groupBy(by)
        .agg(sum(SIZE).as(SIZE))
        .agg(coalesce(sum(pairs), lit(0L)))
        .first()
        .getLong(0);
  }
}
