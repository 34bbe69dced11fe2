package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.LONG_MAP;
import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.ColumnTypes.TIMESTAMP_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** What a customer did on one day: the compact table behind cards, RFM and features. */
public final class CustomerDays {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String EVENT_DATE = "event_date";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String FIRST_AT = "first_at";
  public static final String LAST_AT = "last_at";
  public static final String ORDERS_COUNT = "orders_count";
  public static final String ITEMS_COUNT = "items_count";
  public static final String ORDER_VALUE = "order_value";
  public static final String REFUND_VALUE = "refund_value";
  public static final String SOURCES = "sources";
  public static final String CONTACTS = "contacts";
  public static final String CHANNELS = "channels";
  public static final String TYPES = "types";
  public static final String STAGES = "stages";
  public static final String DEVICES = "devices";
  public static final String CATEGORIES = "categories";
  public static final String PRODUCTS = "products";
  public static final String RATINGS_COUNT = "ratings_count";
  public static final String RATINGS_SUM = "ratings_sum";
  public static final String PROMOTER_COUNT = "promoter_count";
  public static final String DURATION_SECONDS = "duration_seconds";
  public static final String STAGES_AT = "stages_at";
  public static final String FIRST_ORDER_AT = "first_order_at";
  public static final String SECOND_ORDER_AT = "second_order_at";
  public static final String PROMOTER_AT = "promoter_at";

  public static final Table TABLE =
      Table.of(
              "customer_days",
              "What a customer did on one day: the compact table behind cards, RFM and features.",
              required(CUSTOMER_ID, StringType, "the customer"),
              required(EVENT_DATE, DateType, "day in itinera.time-zone"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints of the day"),
              optional(FIRST_AT, TimestampType, "first touchpoint of the day"),
              optional(LAST_AT, TimestampType, "last touchpoint of the day"),
              optional(
                  ORDERS_COUNT,
                  LongType,
                  "distinct orders of the day (purchases without an order id count one each); one"
                      + " with lines at both sides of midnight is of its first line's day"),
              optional(ITEMS_COUNT, LongType, "products in the day's purchases"),
              optional(ORDER_VALUE, MONEY, "sum of purchases"),
              optional(REFUND_VALUE, MONEY, "sum of refunds, zero or negative"),
              optional(SOURCES, STRINGS, "sources of the day's touchpoints, sorted"),
              optional(CONTACTS, LONG_MAP, "touchpoints per source and channel, as source/channel"),
              optional(CHANNELS, LONG_MAP, "touchpoints per channel"),
              optional(TYPES, LONG_MAP, "touchpoints per type"),
              optional(STAGES, LONG_MAP, "touchpoints per lifecycle stage"),
              optional(DEVICES, LONG_MAP, "touchpoints per device"),
              optional(CATEGORIES, LONG_MAP, "purchased lines per category"),
              optional(PRODUCTS, LONG_MAP, "purchased lines per product"),
              optional(RATINGS_COUNT, LongType, "survey answers"),
              optional(RATINGS_SUM, MONEY, "sum of survey scores"),
              optional(PROMOTER_COUNT, LongType, "nps answers of 9 or 10"),
              optional(DURATION_SECONDS, LongType, "seconds spent in calls, chats and the like"),
              optional(
                  STAGES_AT, TIMESTAMP_MAP, "lifecycle stage to the day's first touchpoint in it"),
              optional(FIRST_ORDER_AT, TimestampType, "the day's first order; null without one"),
              optional(SECOND_ORDER_AT, TimestampType, "the day's second order; null without two"),
              optional(
                  PROMOTER_AT,
                  TimestampType,
                  "the day's first nps answer of 9 or 10; null without one"))
          .keyedBy(CUSTOMER_ID, EVENT_DATE)
          .partitionedBy(EVENT_DATE);

  private CustomerDays() {}
}
