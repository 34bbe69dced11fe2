package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.BOOLEAN_MAP;
import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** The identity card: one row per customer. */
public final class Customers {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String FIRST_NAME = "first_name";
  public static final String LAST_NAME = "last_name";
  public static final String EMAIL = "email";
  public static final String PHONE = "phone";
  public static final String BIRTH_DATE = "birth_date";
  public static final String AGE_YEARS = "age_years";
  public static final String GENDER = "gender";
  public static final String STREET = "street";
  public static final String CITY = "city";
  public static final String POSTAL_CODE = "postal_code";
  public static final String COUNTRY = "country";
  public static final String CONSENT = "consent";
  public static final String IDENTIFIERS_COUNT = "identifiers_count";
  public static final String SOURCES = "sources";
  public static final String FIRST_SEEN_AT = "first_seen_at";
  public static final String LAST_SEEN_AT = "last_seen_at";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String SESSIONS_COUNT = "sessions_count";
  public static final String ORDERS_COUNT = "orders_count";
  public static final String REVENUE = "revenue";
  public static final String AVERAGE_ORDER_VALUE = "average_order_value";
  public static final String AVERAGE_ITEMS_PER_ORDER = "average_items_per_order";
  public static final String FAVOURITE_CATEGORY = "favourite_category";
  public static final String FAVOURITE_PRODUCT_ID = "favourite_product_id";
  public static final String FAVOURITE_CHANNEL = "favourite_channel";
  public static final String FAVOURITE_DEVICE = "favourite_device";
  public static final String FAVOURITE_WEEKDAY = "favourite_weekday";
  public static final String FAVOURITE_MONTH = "favourite_month";
  public static final String PURCHASE_FREQUENCY_CLASS = "purchase_frequency_class";
  public static final String RECENCY_CLASS = "recency_class";
  public static final String STAGE = "stage";
  public static final String IS_KNOWN = "is_known";

  public static final Table TABLE =
      Table.of(
              "customers",
              "The identity card: one row per customer.",
              required(CUSTOMER_ID, StringType, "keyed hash of the anchor identifier"),
              optional(
                  FIRST_NAME,
                  StringType,
                  "from the profile that itinera.customers.survivorship prefers: the latest that"
                      + " has one"),
              optional(LAST_NAME, StringType, "likewise"),
              optional(EMAIL, StringType, "likewise, else the smallest e-mail identifier"),
              optional(PHONE, StringType, "likewise, else the smallest phone identifier"),
              optional(BIRTH_DATE, DateType, "day of birth"),
              optional(AGE_YEARS, IntegerType, "full years at as_of"),
              optional(GENDER, StringType, "as recorded"),
              optional(
                  STREET,
                  StringType,
                  "street and number, from the preferred profile with an address"),
              optional(CITY, StringType, "city, from the same profile"),
              optional(POSTAL_CODE, StringType, "postal code, from the same profile"),
              optional(
                  COUNTRY,
                  StringType,
                  "country, from the same profile; without an address that of a profile without"
                      + " one"),
              optional(CONSENT, BOOLEAN_MAP, "purpose to given, the latest word per purpose"),
              optional(IDENTIFIERS_COUNT, LongType, "identifiers that belong to the customer"),
              optional(SOURCES, STRINGS, "sources that know the customer, sorted"),
              optional(FIRST_SEEN_AT, TimestampType, "first touchpoint"),
              optional(LAST_SEEN_AT, TimestampType, "last touchpoint up to as_of"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints up to as_of"),
              optional(SESSIONS_COUNT, LongType, "sessions up to as_of"),
              optional(ORDERS_COUNT, LongType, "distinct orders up to as_of"),
              optional(REVENUE, MONEY, "purchases less refunds up to as_of"),
              optional(
                  AVERAGE_ORDER_VALUE,
                  MONEY,
                  "purchases (before refunds) per order; null without an order"),
              optional(
                  AVERAGE_ITEMS_PER_ORDER, DoubleType, "products per order; null without an order"),
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
                  FAVOURITE_MONTH,
                  IntegerType,
                  "month with most touchpoints, 1 to 12, ties to the smaller"),
              optional(
                  PURCHASE_FREQUENCY_CLASS, StringType, "none, occasional, frequent, loyal or vip"),
              optional(
                  RECENCY_CLASS,
                  StringType,
                  "active, inactive or lost by the last order; null without one"),
              optional(STAGE, StringType, "furthest lifecycle stage of the last stage-window days"),
              optional(IS_KNOWN, BooleanType, "has at least one person-level identifier"))
          .keyedBy(CUSTOMER_ID);

  private Customers() {}
}
