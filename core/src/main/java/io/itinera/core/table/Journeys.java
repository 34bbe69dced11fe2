package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.ORDER_AMOUNTS;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.ColumnTypes.TIMESTAMPS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** A person's way towards a goal, across channels. */
public final class Journeys {

  public static final String JOURNEY_ID = "journey_id";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String JOURNEY_NUMBER = "journey_number";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String OUTCOME = "outcome";
  public static final String CONVERSION_TOUCHPOINT_ID = "conversion_touchpoint_id";
  public static final String REVENUE = "revenue";
  public static final String REFUNDED = "refunded";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String SESSIONS_COUNT = "sessions_count";
  public static final String CHANNELS = "channels";
  public static final String PATH = "path";
  public static final String PATH_TEXT = "path_text";
  public static final String DAYS_TO_CONVERT = "days_to_convert";
  public static final String STAGE_REACHED = "stage_reached";
  public static final String HAD_CONTACT_CENTRE = "had_contact_centre";
  public static final String HAD_COMPLAINT = "had_complaint";
  public static final String PATH_AT = "path_at";
  public static final String ENDED_ON = "ended_on";
  public static final String FIRST_TOUCHPOINT_ID = "first_touchpoint_id";
  public static final String FIRST_SEQUENCE = "first_sequence";
  public static final String ORDER_IDS = "order_ids";
  public static final String REFUNDS = "refunds";
  public static final String ORDER_SOURCES = "order_sources";

  public static final Table TABLE =
      Table.of(
              "journeys",
              "A person's way towards a goal, across channels.",
              required(JOURNEY_ID, StringType, "hash of its definition and first touchpoint"),
              optional(CUSTOMER_ID, StringType, "whose journey it is"),
              optional(JOURNEY_NUMBER, LongType, "1, 2, … per customer in order of touchpoints"),
              optional(STARTED_AT, TimestampType, "first touchpoint"),
              optional(ENDED_AT, TimestampType, "last touchpoint"),
              optional(OUTCOME, StringType, "converted, abandoned or open"),
              optional(
                  CONVERSION_TOUCHPOINT_ID,
                  StringType,
                  "the touchpoint that ended it; null unless converted"),
              optional(REVENUE, MONEY, "what was bought in it, before refunds: zero or positive"),
              optional(
                  REFUNDED,
                  MONEY,
                  "what came back of it, positive: refunds of its orders, whenever they were, and"
                      + " refunds that name no known order, after it and before the next"
                      + " conversion; of a customer who has bought nothing before, refunds in it"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints in it"),
              optional(SESSIONS_COUNT, LongType, "sessions that it touches"),
              optional(CHANNELS, STRINGS, "channels in order of first use"),
              optional(PATH, STRINGS, "one step per session or touchpoint, as configured"),
              optional(PATH_TEXT, StringType, "the steps joined by ' > '"),
              optional(
                  DAYS_TO_CONVERT,
                  DoubleType,
                  "days from the first touchpoint to the conversion; null unless converted"),
              optional(STAGE_REACHED, StringType, "furthest lifecycle stage in it"),
              optional(HAD_CONTACT_CENTRE, BooleanType, "a call or chat was part of it"),
              optional(HAD_COMPLAINT, BooleanType, "a complaint was part of it"),
              optional(PATH_AT, TIMESTAMPS, "when each step of path began"),
              optional(ENDED_ON, DateType, "day of ended_at in itinera.time-zone"),
              optional(FIRST_TOUCHPOINT_ID, StringType, "the touchpoint that began it"),
              optional(
                  FIRST_SEQUENCE,
                  LongType,
                  "its sequence: with started_at and first_touchpoint_id the place at which the"
                      + " journey begins"),
              optional(
                  ORDER_IDS,
                  STRINGS,
                  "orders bought in it, sorted; one that two sources number alike is there twice"),
              optional(
                  REFUNDS,
                  ORDER_AMOUNTS,
                  "refunds that happened in it, by the order that they name; whose money it was,"
                      + " refunded tells"),
              optional(ORDER_SOURCES, STRINGS, "the source of each of order_ids"))
          .keyedBy(JOURNEY_ID)
          .partitionedBy(ENDED_ON);

  private Journeys() {}
}
