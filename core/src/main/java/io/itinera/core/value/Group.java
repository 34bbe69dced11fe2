package io.itinera.core.value;

import java.math.BigDecimal;
import org.apache.spark.sql.Row;

/**
 * Customers of one history, and what came of them in the time that was held back.
 *
 * @param kind which history it is: now, or at a hold-out
 * @param purchases repeat purchases
 * @param last days to the last of them
 * @param age days to the end of the history
 * @param mean their mean value, where the group is by it
 * @param customers how many they are
 * @param means their mean values added up
 * @param later their orders in the time held back
 * @param laterSquares the squares of these, added up
 * @param silent how many ordered nothing in it
 * @param laterValue value of the orders in it
 * @param before repeat orders in the time of that length before it
 * @param misses the squares of the differences between the two, added up
 * @param beforeValue value of the orders before it
 * @param spent value of all their orders
 * @param refunded what of all was refunded, zero or negative
 */
record Group(
    String kind,
    int purchases,
    int last,
    int age,
    double mean,
    double customers,
    double means,
    double later,
    double laterSquares,
    double silent,
    double laterValue,
    double before,
    double misses,
    double beforeValue,
    double spent,
    double refunded) {

  static Group of(Row row) {
    return new Group(
        row.getAs(SumHistories.KIND),
        row.<Integer>getAs(SumHistories.PURCHASES),
        row.<Integer>getAs(SumHistories.LAST),
        row.<Integer>getAs(SumHistories.AGE),
        row.<Double>getAs(SumHistories.MEAN),
        whole(row, SumHistories.CUSTOMERS),
        exact(row, SumHistories.MEANS),
        whole(row, SumHistories.LATER),
        whole(row, SumHistories.LATER_SQUARES),
        whole(row, SumHistories.SILENT),
        exact(row, SumHistories.LATER_VALUE),
        whole(row, SumHistories.BEFORE),
        whole(row, SumHistories.MISSES),
        exact(row, SumHistories.BEFORE_VALUE),
        exact(row, SumHistories.SPENT),
        exact(row, SumHistories.REFUNDED));
  }

  private static double whole(Row row, String column) {
    return row.<Long>getAs(column);
  }

  private static double exact(Row row, String column) {
    BigDecimal value = row.getAs(column);
    return value == null ? 0 : value.doubleValue();
  }
}
