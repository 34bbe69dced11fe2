package io.itinera.core.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds where a quantile begins.
 *
 * <p>Only distinct values are sorted, by one task; the arithmetic is exact, so the border is the
 * same at any partitioning.
 */
public final class FindBorder {

  /** The only column of the result. */
  public static final String BORDER = "border";

  private static final String VALUE = "value";
  private static final String HOLDERS = "holders";
  private static final String LESS = "less";
  private static final String ALL = "all_holders";

  private FindBorder() {}

  /**
   * The smallest value that stands at {@code share} or higher: so large a share of all, at least,
   * has less. Those who have the same stand at the same place, so nobody is parted from who ties,
   * and no more than 1 − {@code share} of all stand at {@code share} or higher.
   *
   * @param value what is measured of each row; rows without one do not count
   * @return one row, {@link #BORDER}; null where nobody stands so high
   */
  public static Dataset<Row> border(Dataset<Row> rows, Column value, BigDecimal share) {
    WindowSpec all = Window.partitionBy(lit(0));
    WindowSpec before =
        all.orderBy(VALUE).rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column standsThere = col(LESS).cast("decimal(20,0)").geq(col(ALL).multiply(lit(share)));
    return rows.select(value.as(VALUE))
        .where(col(VALUE).isNotNull())
        .groupBy(VALUE)
        .agg(count(lit(1)).as(HOLDERS))
        .select(
            col(VALUE),
            sum(HOLDERS).over(before).minus(col(HOLDERS)).as(LESS),
            sum(HOLDERS).over(all).as(ALL))
        .agg(min(when(standsThere, col(VALUE))).as(BORDER));
  }
}
