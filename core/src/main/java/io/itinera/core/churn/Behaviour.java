package io.itinera.core.churn;

import java.util.Locale;

/**
 * What a customer did up to a cut-off, as a number: an aggregate of the customer's days in SQL,
 * with {@code days_ago} (0 is the cut-off) beside the columns of {@link
 * io.itinera.core.table.CustomerDays}.
 */
enum Behaviour {
  DAYS_SINCE_ORDER(Trigger.SILENCE, "min(days_ago) FILTER (WHERE orders_count > 0)"),
  /** Those of one day count as one. */
  ORDERS(Trigger.ORDERING, "count_if(orders_count > 0)"),
  RECENT_ORDERS(Trigger.ORDERING, "count_if(orders_count > 0 AND days_ago < 90)"),
  DAYS_PER_ORDER(
      Trigger.ORDERING,
      "max(days_ago) FILTER (WHERE orders_count > 0) / nullif(count_if(orders_count > 0), 0)"),
  DAYS_SINCE_FIRST_ORDER(Trigger.ORDERING, "max(days_ago) FILTER (WHERE orders_count > 0)"),
  SPEND_PER_ORDER(Trigger.SPEND, "CAST(try_divide(sum(order_value), sum(orders_count)) AS DOUBLE)"),
  RETURNS(Trigger.RETURN, "sum(types['refund']) FILTER (WHERE days_ago < 90)"),
  COMPLAINTS(Trigger.COMPLAINT, "sum(types['complaint']) FILTER (WHERE days_ago < 90)"),
  SERVICE_CONTACTS(
      Trigger.SERVICE,
      "sum(coalesce(channels['call'], 0) + coalesce(channels['chat'], 0))"
          + " FILTER (WHERE days_ago < 90)"),
  ACTIVE_DAYS(Trigger.ACTIVITY, "count_if(days_ago < 28)"),
  /** As many as in a time of that length, in the twelve weeks before. */
  EARLIER_ACTIVE_DAYS(
      Trigger.ACTIVITY, "count_if(days_ago >= 28 AND days_ago < 112) / CAST(3 AS DOUBLE)"),
  ACTIVITY_TREND(
      Trigger.ACTIVITY,
      "ln(1 + count_if(days_ago < 28))"
          + " - ln(1 + count_if(days_ago >= 28 AND days_ago < 112) / CAST(3 AS DOUBLE))"),
  DAYS_SINCE_CONTACT(Trigger.ACTIVITY, "min(days_ago)"),
  PRODUCT_VIEWS(Trigger.INTEREST, "sum(types['product_view']) FILTER (WHERE days_ago < 28)"),
  CARTS(Trigger.INTEREST, "sum(types['add_to_cart']) FILTER (WHERE days_ago < 28)"),
  MAILS_READ(
      Trigger.MAIL,
      "sum(coalesce(types['email_open'], 0) + coalesce(types['email_click'], 0))"
          + " FILTER (WHERE days_ago < 90)"),
  WEB_SHARE(Trigger.CHANNELS, "try_divide(sum(channels['web']), sum(touchpoints_count))"),
  APP_SHARE(Trigger.CHANNELS, "try_divide(sum(channels['app']), sum(touchpoints_count))"),
  STORE_SHARE(Trigger.CHANNELS, "try_divide(sum(channels['store']), sum(touchpoints_count))");

  /** Days up to the cut-off: 0 is its own. */
  static final String DAYS_AGO = "days_ago";

  private final Trigger trigger;
  private final String sql;

  Behaviour(Trigger trigger, String sql) {
    this.trigger = trigger;
    this.sql = sql;
  }

  /** What it tells of. */
  Trigger trigger() {
    return trigger;
  }

  /** The aggregate. */
  String sql() {
    return sql;
  }

  /** Name of the column. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Place among a customer's numbers. */
  @SuppressWarnings("EnumOrdinal") // Only in memory: tables and models have names.
  int place() {
    return ordinal();
  }

  /** Of a customer, whose numbers are in the order of these constants. */
  double of(double[] customer) {
    return customer[place()];
  }
}
