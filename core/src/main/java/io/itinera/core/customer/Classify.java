package io.itinera.core.customer;

import static io.itinera.core.table.Customers.CUSTOMER_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.months_between;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.Money;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fills in what depends on the night, or on how a customer stands among all. */
public final class Classify {

  private static final int MONTHS = 12;
  private static final String TOTALED = "totaled_id";
  private static final String VIP_ABOVE = "vip_above";

  private Classify() {}

  /**
   * Completes cards with age, classes and lifecycle stage.
   *
   * <p>{@code vip} are the customers whose revenue lies above the quantile that leaves {@code
   * vip-share} of those with an order. A person's stage is the furthest that a touchpoint of the
   * last {@code stage-window} days was in; a second order makes it retention, an nps answer of 9 or
   * 10 advocacy.
   *
   * @param cards rows of {@link Customers}, all customers
   * @param totals rows of {@link CustomerTotals}, all customers
   * @return rows of {@link Customers}
   */
  public static Dataset<Row> cards(
      Dataset<Row> cards, Dataset<Row> totals, LocalDate asOf, CustomerRules rules) {
    Dataset<Row> vip =
        totals
            .where(col(CustomerTotals.ORDERS_COUNT).gt(0))
            .agg(percentile(revenue(), lit(1 - rules.classes().vipShare())).as(VIP_ABOVE));
    Dataset<Row> last =
        totals.select(
            col(CUSTOMER_ID).as(TOTALED),
            col(CustomerTotals.LAST_ORDER_ON),
            col(CustomerTotals.LAST_PROMOTER_ON),
            col(CustomerTotals.STAGES));
    Column today = lit(Date.valueOf(asOf));
    Column isVip = col(Customers.ORDERS_COUNT).gt(0).and(col(Customers.REVENUE).gt(col(VIP_ABOVE)));
    return Customers.TABLE.conform(
        cards
            .join(last, col(CUSTOMER_ID).equalTo(col(TOTALED)), "left")
            .crossJoin(broadcast(vip))
            .withColumn(
                Customers.AGE_YEARS,
                floor(months_between(today, col(Customers.BIRTH_DATE)).divide(MONTHS)).cast("int"))
            .withColumn(
                Customers.PURCHASE_FREQUENCY_CLASS,
                rules
                    .classes()
                    .frequencyClass(col(Customers.ORDERS_COUNT), coalesce(isVip, lit(false))))
            .withColumn(
                Customers.RECENCY_CLASS,
                rules.classes().recencyClass(datediff(today, col(CustomerTotals.LAST_ORDER_ON))))
            .withColumn(Customers.STAGE, stage(today, rules)));
  }

  /** As on their cards, which are dearer to make. */
  private static Column revenue() {
    return Money.of(
        coalesce(col(CustomerTotals.ORDER_VALUE), lit(0))
            .plus(coalesce(col(CustomerTotals.REFUND_VALUE), lit(0))));
  }

  private static Column stage(Column today, CustomerRules rules) {
    Column from = date_sub(today, rules.stageWindowDays());
    Column[] ranks =
        Arrays.stream(Lifecycle.values())
            .map(
                stage ->
                    reached(
                        try_element_at(col(CustomerTotals.STAGES), lit(stage.text())), from, stage))
            .toArray(Column[]::new);
    Column again =
        when(
            col(Customers.ORDERS_COUNT).geq(2),
            reached(col(CustomerTotals.LAST_ORDER_ON), from, Lifecycle.RETENTION));
    Column promoter = reached(col(CustomerTotals.LAST_PROMOTER_ON), from, Lifecycle.ADVOCACY);
    Column furthest = array_max(array(array_max(array(ranks)), again, promoter));
    return Lifecycle.stage(furthest);
  }

  private static Column reached(Column lastOn, Column from, Lifecycle stage) {
    return when(lastOn.gt(from), stage.rank());
  }
}
