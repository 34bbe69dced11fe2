package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** An unbroken run of one customer's touchpoints on one channel. */
public final class Sessions {

  public static final String SESSION_ID = "session_id";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String CHANNEL = "channel";
  public static final String SESSION_NUMBER = "session_number";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String DURATION_SECONDS = "duration_seconds";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String PAGE_VIEWS = "page_views";
  public static final String ENTRY_LOCATION = "entry_location";
  public static final String EXIT_LOCATION = "exit_location";
  public static final String ENTRY_MARKETING_CHANNEL = "entry_marketing_channel";
  public static final String CAMPAIGN = "campaign";
  public static final String DEVICE = "device";
  public static final String COUNTRY = "country";
  public static final String CONVERTED = "converted";
  public static final String ORDERS_COUNT = "orders_count";
  public static final String REVENUE = "revenue";
  public static final String BOUNCED = "bounced";
  public static final String ENGAGED = "engaged";
  public static final String END_REASON = "end_reason";
  public static final String EVENT_DATE = "event_date";
  public static final String SOURCE = "source";
  public static final String DEFINITION = "definition";
  public static final String SOURCE_SESSION = "source_session";
  public static final String LINKED_SOURCE_SESSION = "linked_source_session";
  public static final String PRECEDING_SESSION_ID = "preceding_session_id";
  public static final String MINUTES_SINCE_WEB = "minutes_since_web";
  public static final String FIRST_SEQUENCE = "first_sequence";
  public static final String FIRST_TOUCHPOINT_ID = "first_touchpoint_id";
  public static final String LAST_SEQUENCE = "last_sequence";
  public static final String LAST_TOUCHPOINT_ID = "last_touchpoint_id";

  private static final String WHERE_TIED =
      ", where sessions may part touchpoints of one instant; else null";

  public static final Table TABLE =
      Table.of(
              "sessions",
              "An unbroken run of one customer's touchpoints on one channel.",
              required(SESSION_ID, StringType, "hash of its definition and first touchpoint"),
              optional(CUSTOMER_ID, StringType, "whose session it is"),
              optional(
                  CHANNEL,
                  StringType,
                  "the channel it took place on; across channels that of its first touchpoint"),
              optional(
                  SESSION_NUMBER, LongType, "1, 2, … per customer in order of first touchpoints"),
              optional(STARTED_AT, TimestampType, "first touchpoint"),
              optional(ENDED_AT, TimestampType, "last touchpoint"),
              optional(
                  DURATION_SECONDS,
                  LongType,
                  "from first to last touchpoint, plus a conversation's own duration"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints in it, at least 1"),
              optional(PAGE_VIEWS, LongType, "touchpoints of a viewing type"),
              optional(ENTRY_LOCATION, StringType, "location of the first touchpoint that has one"),
              optional(EXIT_LOCATION, StringType, "location of the last touchpoint that has one"),
              optional(
                  ENTRY_MARKETING_CHANNEL,
                  StringType,
                  "marketing channel of the first touchpoint that has one"),
              optional(CAMPAIGN, StringType, "campaign of the first touchpoint that has one"),
              optional(DEVICE, StringType, "device of the first touchpoint that has one"),
              optional(COUNTRY, StringType, "country of the first touchpoint that has one"),
              optional(CONVERTED, BooleanType, "holds a conversion"),
              optional(ORDERS_COUNT, LongType, "distinct orders in it"),
              optional(REVENUE, MONEY, "purchases less refunds in it"),
              optional(BOUNCED, BooleanType, "exactly one touchpoint"),
              optional(ENGAGED, BooleanType, "at least 10 seconds, two views or a conversion"),
              optional(
                  END_REASON,
                  StringType,
                  "timeout, midnight, campaign, max-duration, max-touchpoints, predicate (of"
                      + " new-session-on), source-session or open"),
              optional(EVENT_DATE, DateType, "day of started_at"),
              optional(SOURCE, StringType, "source of its first touchpoint"),
              optional(
                  DEFINITION,
                  StringType,
                  "what holds it together: timeout, or the source and its session or receipt id"),
              optional(
                  SOURCE_SESSION,
                  StringType,
                  "the vendor's own session of the first touchpoint that has one"),
              optional(
                  LINKED_SOURCE_SESSION,
                  StringType,
                  "the vendor's own session on the web that it says it followed, if so configured"),
              optional(
                  PRECEDING_SESSION_ID,
                  StringType,
                  "of a call or chat: the session on the web that it followed or happened in"),
              optional(
                  MINUTES_SINCE_WEB,
                  LongType,
                  "whole minutes from the end of that session to the start of this one; 0 during"
                      + " it"),
              optional(FIRST_SEQUENCE, LongType, "sequence of its first touchpoint" + WHERE_TIED),
              optional(FIRST_TOUCHPOINT_ID, StringType, "its first touchpoint" + WHERE_TIED),
              optional(LAST_SEQUENCE, LongType, "sequence of its last touchpoint" + WHERE_TIED),
              optional(LAST_TOUCHPOINT_ID, StringType, "its last touchpoint" + WHERE_TIED))
          .keyedBy(SESSION_ID)
          .partitionedBy(EVENT_DATE);

  private Sessions() {}

  /**
   * The table of sessions by the definition {@code name}, beside those that all else is made of.
   */
  public static Table named(String name) {
    return new Table(
        "%s_%s".formatted(TABLE.name(), name),
        "Sessions by the configured definition %s; beside sessions, which all else is made of."
            .formatted(name),
        TABLE.key(),
        TABLE.partitions(),
        TABLE.schema());
  }
}
