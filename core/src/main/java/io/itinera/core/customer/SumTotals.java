package io.itinera.core.customer;

import static io.itinera.core.table.CustomerDays.CUSTOMER_ID;
import static io.itinera.core.table.CustomerDays.EVENT_DATE;
import static io.itinera.core.table.CustomerDays.ORDERS_COUNT;
import static io.itinera.core.table.CustomerDays.TOUCHPOINTS_COUNT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_contains_key;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.rule.Lifecycle;
import io.itinera.core.rule.Money;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerTotals;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up the days of each customer. */
public final class SumTotals {

  private static final String KIND = "kind";
  private static final String KEY = "key";
  private static final String COUNT = "key_count";
  private static final String FAVOURED = "favoured_id";

  private SumTotals() {}

  /**
   * One row per customer.
   *
   * @param days all rows of {@link CustomerDays} of the customers
   * @return rows of {@link CustomerTotals}
   */
  public static Dataset<Row> totals(Dataset<Row> days) {
    Dataset<Row> sums =
        days.groupBy(CUSTOMER_ID)
            .agg(
                array_sort(array_distinct(flatten(collect_set(CustomerDays.SOURCES))))
                    .as(CustomerTotals.SOURCES),
                min(CustomerDays.FIRST_AT).as(CustomerTotals.FIRST_SEEN_AT),
                max(CustomerDays.LAST_AT).as(CustomerTotals.LAST_SEEN_AT),
                sum(TOUCHPOINTS_COUNT).as(CustomerTotals.TOUCHPOINTS_COUNT),
                sum(ORDERS_COUNT).as(CustomerTotals.ORDERS_COUNT),
                sum(CustomerDays.ITEMS_COUNT).as(CustomerTotals.ITEMS_COUNT),
                Money.of(sum(CustomerDays.ORDER_VALUE)).as(CustomerTotals.ORDER_VALUE),
                Money.of(sum(CustomerDays.REFUND_VALUE)).as(CustomerTotals.REFUND_VALUE),
                max(when(col(ORDERS_COUNT).gt(0), col(EVENT_DATE)))
                    .as(CustomerTotals.LAST_ORDER_ON),
                max(when(col(CustomerDays.PROMOTER_COUNT).gt(0), col(EVENT_DATE)))
                    .as(CustomerTotals.LAST_PROMOTER_ON),
                stages().as(CustomerTotals.STAGES));
    return CustomerTotals.TABLE.conform(
        sums.join(favourites(days), col(CUSTOMER_ID).equalTo(col(FAVOURED)), "left"));
  }

  private static Column stages() {
    Column[] reached =
        Lifecycle.STAGES.stream()
            .map(
                stage ->
                    struct(
                        lit(stage).as("key"),
                        max(when(
                                map_contains_key(col(CustomerDays.STAGES), stage), col(EVENT_DATE)))
                            .as("value")))
            .toArray(Column[]::new);
    return map_from_entries(filter(array(reached), entry -> entry.getField("value").isNotNull()));
  }

  private static Dataset<Row> favourites(Dataset<Row> days) {
    Dataset<Row> counts =
        days.select(col(CUSTOMER_ID).as(FAVOURED), explode(allCounts()).as("c"))
            .groupBy(col(FAVOURED), col("c.kind").as(KIND), col("c.key").as(KEY))
            .agg(sum("c.key_count").as(COUNT));
    return counts
        .groupBy(FAVOURED)
        .agg(
            favourite("category").as(CustomerTotals.FAVOURITE_CATEGORY),
            favourite("product").as(CustomerTotals.FAVOURITE_PRODUCT_ID),
            favourite("channel").as(CustomerTotals.FAVOURITE_CHANNEL),
            favourite("device").as(CustomerTotals.FAVOURITE_DEVICE),
            favourite("weekday").cast("int").as(CustomerTotals.FAVOURITE_WEEKDAY),
            favourite("month").cast("int").as(CustomerTotals.FAVOURITE_MONTH));
  }

  /** Every count of a day as an array of (kind, key, count). */
  private static Column allCounts() {
    Column day =
        array(
            entry("weekday", expr("lpad(weekday(event_date) + 1, 2, '0')")),
            entry("month", expr("lpad(month(event_date), 2, '0')")));
    return concat(
        day,
        entries("channel", CustomerDays.CHANNELS),
        entries("device", CustomerDays.DEVICES),
        entries("category", CustomerDays.CATEGORIES),
        entries("product", CustomerDays.PRODUCTS));
  }

  private static Column entry(String kind, Column key) {
    return struct(
        lit(kind).as(KIND), key.as(KEY), coalesce(col(TOUCHPOINTS_COUNT), lit(0L)).as(COUNT));
  }

  private static Column entries(String kind, String map) {
    return expr(
        ("transform(map_entries(%s), e -> named_struct('kind', '%s', 'key', e.key, 'key_count',"
                + " e.value))")
            .formatted(map, kind));
  }

  /** The key with the greatest count, ties to the smallest key. */
  private static Column favourite(String kind) {
    return min_by(
        col(KEY), when(col(KIND).equalTo(kind), struct(col(COUNT).multiply(-1), col(KEY))));
  }
}
