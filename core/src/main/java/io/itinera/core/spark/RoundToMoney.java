package io.itinera.core.spark;

import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;

/**
 * Doubles as amounts of money, with the digits that Spark's cast gives them, which writes each out
 * as text to read it again.
 *
 * <p>Public only because generated code calls it.
 */
public final class RoundToMoney {

  private static final double UNIT = Math.pow(10, ColumnTypes.MONEY.scale());

  /** Beyond, a double is not near enough to the digits that it is written with. */
  private static final double NEAR = 0x1p48;

  /** What rounding may have moved a multiple of the unit by, and more. */
  private static final double DOUBT = 0x1p-50;

  private static final JavaMethod METHOD =
      new JavaMethod(
          RoundToMoney.class, "rounded", ColumnTypes.MONEY, List.of(DataTypes.DoubleType));

  private RoundToMoney() {}

  /**
   * {@code amount} as {@link ColumnTypes#MONEY}, no further from zero than {@link Money} has it;
   * null where it is no number.
   *
   * @param amount a double
   */
  public static Column of(Column amount) {
    return METHOD.over(amount);
  }

  /** The same of one amount: halves, as the amount is written, go away from zero. */
  public static Decimal rounded(double amount) {
    double units = amount * UNIT;
    double whole = Math.rint(units);
    if (Math.abs(units) < NEAR && Math.abs(units - whole) < 0.5 - Math.abs(units) * DOUBT) {
      return Decimal.createUnsafe(
          (long) whole, ColumnTypes.MONEY.precision(), ColumnTypes.MONEY.scale());
    }
    return Double.isNaN(amount) ? null : asWritten(amount);
  }

  private static Decimal asWritten(double amount) {
    double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, amount));
    BigDecimal rounded =
        BigDecimal.valueOf(finite).setScale(ColumnTypes.MONEY.scale(), RoundingMode.HALF_UP);
    return Decimal.apply(
        Money.of(rounded), ColumnTypes.MONEY.precision(), ColumnTypes.MONEY.scale());
  }
}
