package io.itinera.core.value;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log10;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.CustomerDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to histories of purchases, and counts those that are the same. */
public final class SumHistories {

  public static final String CUSTOMER_ID = CustomerDays.CUSTOMER_ID;

  /** Days with an order after the first one. */
  public static final String PURCHASES = "purchases";

  /** Days from the first order to the last. */
  public static final String LAST = "last_days";

  /** Days from the first order to as_of. */
  public static final String AGE = "age_days";

  /** Mean value of those days, 0 without any of value. */
  public static final String MEAN = "mean_value";

  static final String KIND = "kind";
  static final String CUSTOMERS = "customers";
  static final String MEANS = "means";
  static final String LATER = "later";
  static final String LATER_SQUARES = "later_squares";
  static final String SILENT = "silent";
  static final String LATER_VALUE = "later_value";
  static final String BEFORE = "before";
  static final String MISSES = "misses";
  static final String BEFORE_VALUE = "before_value";
  static final String SPENT = "spent";
  static final String REFUNDED = "refunded";

  /** Kind of the histories up to as_of. */
  static final String NOW = "now";

  /** Kind of the means up to as_of, each of so many purchases. */
  static final String NOW_SPEND = "now-spend";

  private static final String EXACT = "decimal(28,4)";
  private static final String FIRST_ON = "first_on";
  private static final String LAST_ON = "last_on";
  private static final String DAYS = "days";
  private static final String FIRST_VALUE = "first_value";
  private static final int DIGITS = 3;

  private SumHistories() {}

  /** Kind of the histories up to {@code holdOut} days before as_of. */
  static String then(int holdOut) {
    return "then-" + holdOut;
  }

  /** Kind of the means up to then. */
  static String thenSpend(int holdOut) {
    return "then-spend-" + holdOut;
  }

  /**
   * One row per customer with an order up to {@code asOf}: the history, and beside it the history
   * up to each hold-out with what came in it and in the time of that length before it.
   *
   * @param customerDays rows of {@link CustomerDays}; those after {@code asOf} do not count
   */
  public static Dataset<Row> histories(
      Dataset<Row> customerDays, LocalDate asOf, ValueRules rules) {
    Column day = col(CustomerDays.EVENT_DATE);
    Column isOrder = col(CustomerDays.ORDERS_COUNT).gt(0);
    Column value = when(isOrder, coalesce(col(CustomerDays.ORDER_VALUE), lit(0)));
    List<Column> sums = new ArrayList<>();
    sums.add(max(when(isOrder, day)).as(LAST_ON));
    sums.add(count_if(isOrder).as(DAYS));
    sums.add(min_by(value, when(isOrder, day)).as(FIRST_VALUE));
    sums.add(sum(value).as(SPENT));
    sums.add(sum(coalesce(col(CustomerDays.REFUND_VALUE), lit(0))).as(REFUNDED));
    for (int days : rules.holdOuts()) {
      Column then = lit(asOf.minusDays(days));
      Column known = isOrder.and(day.leq(then));
      Column later = isOrder.and(day.gt(then));
      Column before = known.and(day.gt(lit(asOf.minusDays(2L * days))));
      sums.add(count_if(known).as(DAYS + days));
      sums.add(max(when(known, day)).as(LAST_ON + days));
      sums.add(sum(when(known, value)).as(SPENT + days));
      sums.add(count_if(later).as(LATER + days));
      sums.add(sum(when(later, value)).as(LATER_VALUE + days));
      sums.add(count_if(before).as(BEFORE + days));
      sums.add(sum(when(before, value)).as(BEFORE_VALUE + days));
    }
    Dataset<Row> perCustomer =
        customerDays
            .where(day.leq(lit(asOf)))
            .groupBy(CUSTOMER_ID)
            .agg(min(when(isOrder, day)).as(FIRST_ON), sums.toArray(Column[]::new))
            .where(col(DAYS).gt(0));
    return perCustomer
        .withColumn(PURCHASES, col(DAYS).minus(1).cast("int"))
        .withColumn(LAST, datediff(col(LAST_ON), col(FIRST_ON)))
        .withColumn(AGE, datediff(lit(asOf), col(FIRST_ON)))
        .withColumn(MEAN, mean(col(SPENT), col(PURCHASES)));
  }

  /**
   * How many customers have the same history, now and at each hold-out, and what came of them.
   *
   * @param histories as {@link #histories} gives them
   */
  public static Dataset<Row> counts(Dataset<Row> histories, LocalDate asOf, ValueRules rules) {
    List<Column> kinds = new ArrayList<>();
    kinds.add(kind(NOW, history(col(PURCHASES), col(LAST), col(AGE)), col(MEAN), nothingLater()));
    kinds.add(spend(NOW_SPEND, col(PURCHASES), col(MEAN)));
    for (int days : rules.holdOuts()) {
      Column purchases = col(DAYS + days).minus(1).cast("int");
      Column mean = mean(col(SPENT + days), purchases);
      Column last = datediff(col(LAST_ON + days), col(FIRST_ON));
      Column age = datediff(lit(asOf.minusDays(days)), col(FIRST_ON));
      Column isKnown = col(DAYS + days).gt(0);
      kinds.add(
          when(isKnown, kind(then(days), history(purchases, last, age), mean, later(days, asOf))));
      kinds.add(when(isKnown, spend(thenSpend(days), purchases, mean)));
    }
    String of = "of";
    return histories
        .select(explode(array(kinds.toArray(Column[]::new))).as(of))
        .select(of + ".*")
        .where(col(KIND).isNotNull())
        .groupBy(KIND, PURCHASES, LAST, AGE, MEAN)
        .agg(
            count(lit(1)).as(CUSTOMERS),
            sum(MEANS).as(MEANS),
            sum(LATER).as(LATER),
            sum(col(LATER).multiply(col(LATER))).as(LATER_SQUARES),
            count_if(col(LATER).equalTo(0)).as(SILENT),
            sum(LATER_VALUE).as(LATER_VALUE),
            sum(BEFORE).as(BEFORE),
            sum(col(LATER).minus(col(BEFORE)).multiply(col(LATER).minus(col(BEFORE)))).as(MISSES),
            sum(BEFORE_VALUE).as(BEFORE_VALUE),
            sum(SPENT).as(SPENT),
            sum(REFUNDED).as(REFUNDED));
  }

  /** The mean of purchases after the first, where they have a value. */
  private static Column mean(Column spent, Column purchases) {
    Column repeats = spent.minus(col(FIRST_VALUE));
    return when(
            purchases.gt(0).and(repeats.gt(0)),
            repeats.cast("double").divide(purchases.cast("double")))
        .otherwise(0.0);
  }

  private static List<Column> history(Column purchases, Column last, Column age) {
    return List.of(purchases.as(PURCHASES), last.as(LAST), age.as(AGE), lit(0.0).as(MEAN));
  }

  /** Of three digits, so that many are the same; nothing that is fitted feels the others. */
  private static Column spend(String name, Column purchases, Column mean) {
    Column digits = floor(log10(mean));
    Column unit = pow(lit(10.0), digits.minus(DIGITS - 1));
    // Halves go up, as round has them: it would write each number out to see its digits.
    Column rounded = floor(mean.divide(unit).plus(0.5)).multiply(unit);
    List<Column> history =
        List.of(purchases.as(PURCHASES), lit(0).as(LAST), lit(0).as(AGE), rounded.as(MEAN));
    return when(mean.gt(0), kind(name, history, mean, nothingLater()));
  }

  private static List<Column> nothingLater() {
    return List.of(
        lit(0L).as(LATER),
        lit(0).cast(EXACT).as(LATER_VALUE),
        lit(0L).as(BEFORE),
        lit(0).cast(EXACT).as(BEFORE_VALUE));
  }

  /** The first order of all is no repetition. */
  private static List<Column> later(int days, LocalDate asOf) {
    Column isFresh = col(FIRST_ON).gt(lit(asOf.minusDays(2L * days)));
    return List.of(
        col(LATER + days).as(LATER),
        coalesce(col(LATER_VALUE + days), lit(0)).cast(EXACT).as(LATER_VALUE),
        col(BEFORE + days).minus(when(isFresh, 1L).otherwise(0L)).as(BEFORE),
        coalesce(col(BEFORE_VALUE + days), lit(0))
            .minus(when(isFresh, col(FIRST_VALUE)).otherwise(lit(0)))
            .cast(EXACT)
            .as(BEFORE_VALUE));
  }

  private static Column kind(String name, List<Column> history, Column mean, List<Column> later) {
    List<Column> fields = new ArrayList<>();
    fields.add(lit(name).as(KIND));
    fields.addAll(history);
    fields.add(mean.cast(EXACT).as(MEANS));
    fields.addAll(later);
    fields.add(col(SPENT).cast(EXACT).as(SPENT));
    fields.add(col(REFUNDED).cast(EXACT).as(REFUNDED));
    return struct(fields.toArray(Column[]::new));
  }
}
