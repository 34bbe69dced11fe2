package io.itinera.core.churn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.CustomerDays;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums per customer and day to what each customer did, and to what came of it. */
public final class DescribeBehaviour {

  static final String CUSTOMER_ID = CustomerDays.CUSTOMER_ID;

  /** 1 if nothing was ordered within the window behind the cut-off, else 0. */
  static final String SILENT = "silent";

  private DescribeBehaviour() {}

  /**
   * One row per customer with an order up to {@code cutOff}: the customer and a double for each
   * {@link Behaviour}, by their names and in their order; what is missing is 0.
   *
   * @param customerDays rows of {@link CustomerDays}; those after {@code cutOff} do not count
   */
  public static Dataset<Row> behaviour(Dataset<Row> customerDays, LocalDate cutOff) {
    Column day = col(CustomerDays.EVENT_DATE);
    Column[] sums =
        Arrays.stream(Behaviour.values())
            .map(each -> coalesce(expr(each.sql()).cast("double"), lit(0.0)).as(each.column()))
            .toArray(Column[]::new);
    return customerDays
        .where(day.leq(lit(cutOff)))
        .withColumn(Behaviour.DAYS_AGO, datediff(lit(cutOff), day))
        .groupBy(CUSTOMER_ID)
        .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
        .where(col(Behaviour.ORDERS.column()).gt(0));
  }

  /**
   * As {@link #behaviour}, and beside it whether the customer then ordered nothing for {@code
   * window} days.
   */
  static Dataset<Row> labelled(Dataset<Row> customerDays, LocalDate cutOff, int window) {
    Column day = col(CustomerDays.EVENT_DATE);
    Column isBehind =
        day.gt(lit(cutOff))
            .and(day.leq(lit(cutOff.plusDays(window))))
            .and(col(CustomerDays.ORDERS_COUNT).gt(0));
    Dataset<Row> ordered =
        customerDays.where(isBehind).select(col(CUSTOMER_ID), lit(true).as(SILENT)).distinct();
    return behaviour(customerDays, cutOff)
        .join(ordered, new String[] {CUSTOMER_ID}, "left_outer")
        .withColumn(SILENT, when(col(SILENT), 0.0).otherwise(1.0));
  }
}
