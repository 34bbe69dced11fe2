package io.itinera.core.customer;

import static io.itinera.core.table.OwnedTouchpoints.CUSTOMER_ID;
import static io.itinera.core.table.Touchpoints.EVENT_DATE;
import static io.itinera.core.table.Touchpoints.OCCURRED_AT;
import static io.itinera.core.table.Touchpoints.ORDER_ID;
import static io.itinera.core.table.Touchpoints.RATING;
import static io.itinera.core.table.Touchpoints.TOUCHPOINT_ID;
import static io.itinera.core.table.Touchpoints.TYPE;
import static io.itinera.core.table.Touchpoints.VALUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.Money;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Touchpoints;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up what each customer did on each day. */
public final class SumDays {

  private static final int PROMOTER_FROM = 9;

  /**
   * Counts equal elements of an array column: element to count, in alphabetical order. In the
   * sorted array a run of equal ones ends where the next begins, so that a day with a million
   * touchpoints takes one look at each, not one for each of its distinct elements.
   */
  private static final String COUNTED =
      "transform(array(array_sort(%s)), sorted -> transform(array(filter(transform(sorted, (x, i)"
          + " -> i), i -> i = 0 OR sorted[i] <> sorted[i - 1])), starts ->"
          + " map_from_entries(transform(starts, (start, j) -> named_struct('key', sorted[start],"
          + " 'value', cast(coalesce(get(starts, j + 1), size(sorted)) - start AS"
          + " BIGINT)))))[0])[0]";

  private static final String ORDERS = "day_orders";
  private static final String AT = "order_at";
  private static final String KEY = "order_key";

  /** Of orders in the order of time those that are not the first; lines of one are one. */
  private static final String OTHERS =
      "transform(array(%1$s), each -> filter(each, o -> o.%2$s <> each[0].%2$s))[0]"
          .formatted(ORDERS, KEY);

  private SumDays() {}

  /**
   * One row per customer and day.
   *
   * @param touchpoints rows of {@link Touchpoints} with their customers, whole days
   * @return rows of {@link CustomerDays}
   */
  public static Dataset<Row> days(Dataset<Row> touchpoints, CustomerRules rules) {
    Column isOrder = Conversions.isOne(rules.conversionTypes());
    Column order = when(isOrder, coalesce(col(ORDER_ID), col(TOUCHPOINT_ID)));
    Column isPromoter =
        col(Touchpoints.RATING_SCALE).equalTo("nps").and(col(RATING).geq(PROMOTER_FROM));
    Dataset<Row> listed =
        touchpoints
            .groupBy(CUSTOMER_ID, EVENT_DATE)
            .agg(
                count(lit(1)).as(CustomerDays.TOUCHPOINTS_COUNT),
                min(OCCURRED_AT).as(CustomerDays.FIRST_AT),
                max(OCCURRED_AT).as(CustomerDays.LAST_AT),
                size(collect_set(order)).cast("long").as(CustomerDays.ORDERS_COUNT),
                sum(when(isOrder, items()).otherwise(0L)).as(CustomerDays.ITEMS_COUNT),
                money(sum(when(col(VALUE).gt(0), col(VALUE)))).as(CustomerDays.ORDER_VALUE),
                money(sum(when(col(VALUE).lt(0), col(VALUE)))).as(CustomerDays.REFUND_VALUE),
                array_sort(collect_set(Touchpoints.SOURCE)).as(CustomerDays.SOURCES),
                collect_list(concat_ws("/", col(Touchpoints.SOURCE), col(Touchpoints.CHANNEL)))
                    .as(CustomerDays.CONTACTS),
                collect_list(Touchpoints.CHANNEL).as(CustomerDays.CHANNELS),
                collect_list(TYPE).as(CustomerDays.TYPES),
                collect_list(Touchpoints.STAGE).as(CustomerDays.STAGES),
                collect_list(Touchpoints.DEVICE).as(CustomerDays.DEVICES),
                collect_list(when(isOrder, col(Touchpoints.CATEGORY))).as(CustomerDays.CATEGORIES),
                flatten(collect_list(when(isOrder, col(Touchpoints.PRODUCT_IDS))))
                    .as(CustomerDays.PRODUCTS),
                count(RATING).as(CustomerDays.RATINGS_COUNT),
                money(sum(col(RATING).cast(ColumnTypes.MONEY))).as(CustomerDays.RATINGS_SUM),
                count_if(coalesce(isPromoter, lit(false))).as(CustomerDays.PROMOTER_COUNT),
                coalesce(sum(Touchpoints.DURATION_SECONDS), lit(0L))
                    .as(CustomerDays.DURATION_SECONDS),
                stagesAt(),
                array_sort(
                        collect_set(when(isOrder, struct(col(OCCURRED_AT).as(AT), order.as(KEY)))))
                    .as(ORDERS),
                min(when(isPromoter, col(OCCURRED_AT))).as(CustomerDays.PROMOTER_AT));
    return CustomerDays.TABLE.conform(
        listed
            .withColumn(CustomerDays.FIRST_ORDER_AT, get(col(ORDERS), lit(0)).getField(AT))
            .withColumn(CustomerDays.SECOND_ORDER_AT, get(expr(OTHERS), lit(0)).getField(AT))
            .withColumn(CustomerDays.CONTACTS, counted(CustomerDays.CONTACTS))
            .withColumn(CustomerDays.CHANNELS, counted(CustomerDays.CHANNELS))
            .withColumn(CustomerDays.TYPES, counted(CustomerDays.TYPES))
            .withColumn(CustomerDays.STAGES, counted(CustomerDays.STAGES))
            .withColumn(CustomerDays.DEVICES, counted(CustomerDays.DEVICES))
            .withColumn(CustomerDays.CATEGORIES, counted(CustomerDays.CATEGORIES))
            .withColumn(CustomerDays.PRODUCTS, countedKnown(CustomerDays.PRODUCTS)));
  }

  private static Column stagesAt() {
    Column[] reached =
        Lifecycle.STAGES.stream()
            .map(
                stage ->
                    struct(
                        lit(stage).as("key"),
                        min(when(col(Touchpoints.STAGE).equalTo(stage), col(OCCURRED_AT)))
                            .as("value")))
            .toArray(Column[]::new);
    return map_from_entries(filter(array(reached), entry -> entry.getField("value").isNotNull()))
        .as(CustomerDays.STAGES_AT);
  }

  private static Column items() {
    return coalesce(size(col(Touchpoints.PRODUCT_IDS)).cast("long"), lit(0L));
  }

  private static Column money(Column sum) {
    return Money.of(coalesce(sum, lit(0)));
  }

  private static Column counted(String list) {
    return expr(COUNTED.formatted(list));
  }

  private static Column countedKnown(String list) {
    return expr(COUNTED.formatted("filter(%s, p -> p IS NOT NULL)".formatted(list)));
  }
}
