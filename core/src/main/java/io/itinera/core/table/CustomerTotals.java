package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DATE_MAP;
import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Sums over all days of a customer: what a night adds to, and cards are made of. */
public final class CustomerTotals {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String SOURCES = "sources";
  public static final String FIRST_SEEN_AT = "first_seen_at";
  public static final String LAST_SEEN_AT = "last_seen_at";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String ORDERS_COUNT = "orders_count";
  public static final String ITEMS_COUNT = "items_count";
  public static final String ORDER_VALUE = "order_value";
  public static final String REFUND_VALUE = "refund_value";
  public static final String LAST_ORDER_ON = "last_order_on";
  public static final String LAST_PROMOTER_ON = "last_promoter_on";
  public static final String STAGES = "stages";
  public static final String FAVOURITE_CATEGORY = "favourite_category";
  public static final String FAVOURITE_PRODUCT_ID = "favourite_product_id";
  public static final String FAVOURITE_CHANNEL = "favourite_channel";
  public static final String FAVOURITE_DEVICE = "favourite_device";
  public static final String FAVOURITE_WEEKDAY = "favourite_weekday";
  public static final String FAVOURITE_MONTH = "favourite_month";

  public static final Table TABLE =
      Table.of(
              "customer_totals",
              "Sums over all days of a customer: what a night adds to, and cards are made of.",
              required(CUSTOMER_ID, StringType, "the customer"),
              optional(SOURCES, STRINGS, "sources of the customer's touchpoints, sorted"),
              optional(FIRST_SEEN_AT, TimestampType, "first touchpoint"),
              optional(LAST_SEEN_AT, TimestampType, "last touchpoint up to as_of"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints up to as_of"),
              optional(ORDERS_COUNT, LongType, "distinct orders up to as_of"),
              optional(ITEMS_COUNT, LongType, "products in purchases"),
              optional(ORDER_VALUE, MONEY, "sum of purchases"),
              optional(REFUND_VALUE, MONEY, "sum of refunds, zero or negative"),
              optional(LAST_ORDER_ON, DateType, "day of the last order; null without one"),
              optional(
                  LAST_PROMOTER_ON,
                  DateType,
                  "day of the last nps answer of 9 or 10; null without one"),
              optional(
                  STAGES,
                  DATE_MAP,
                  "lifecycle stage to the last day on which a touchpoint was in it"),
              optional(FAVOURITE_CATEGORY, StringType, "most bought category, ties alphabetical"),
              optional(FAVOURITE_PRODUCT_ID, StringType, "most bought product, ties alphabetical"),
              optional(
                  FAVOURITE_CHANNEL,
                  StringType,
                  "channel with most touchpoints, ties alphabetical"),
              optional(
                  FAVOURITE_DEVICE, StringType, "device with most touchpoints, ties alphabetical"),
              optional(
                  FAVOURITE_WEEKDAY,
                  IntegerType,
                  "weekday with most touchpoints, 1 = Monday, ties to the smaller"),
              optional(
                  FAVOURITE_MONTH, IntegerType, "month with most touchpoints, ties to the smaller"))
          .keyedBy(CUSTOMER_ID);

  private CustomerTotals() {}
}
