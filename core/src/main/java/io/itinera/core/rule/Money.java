package io.itinera.core.rule;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.ColumnTypes;
import java.math.BigDecimal;
import org.apache.spark.sql.Column;

/** Sums of money as tables hold them. */
public final class Money {

  private static final BigDecimal MOST = new BigDecimal("99999999999999.9999");

  private Money() {}

  /**
   * {@code sum} as {@link ColumnTypes#MONEY}. What lies beyond the largest amount that the type can
   * hold, ±99,999,999,999,999.9999, is shown as that: ten thousand of the largest single amounts
   * make it, a company's books do not, and a night that fails for ever would help nobody.
   *
   * @param sum a decimal or whole number
   */
  public static Column of(Column sum) {
    Column least = lit(MOST.negate());
    Column most = lit(MOST);
    return when(sum.lt(least), least)
        .when(sum.gt(most), most)
        .otherwise(sum)
        .cast(ColumnTypes.MONEY);
  }

  /** The same of a sum that is known. */
  public static BigDecimal of(BigDecimal sum) {
    return sum.max(MOST.negate()).min(MOST).setScale(MOST.scale());
  }
}
