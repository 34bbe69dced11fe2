package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the contacts of a day came to, by channel, type and group of places. */
public final class TouchpointKpis {

  public static final String EVENT_DATE = Touchpoints.EVENT_DATE;
  public static final String CHANNEL = Touchpoints.CHANNEL;
  public static final String TYPE = Touchpoints.TYPE;
  public static final String LOCATION_GROUP = "location_group";
  public static final String STAGE = Touchpoints.STAGE;
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String SESSIONS_COUNT = "sessions_count";
  public static final String CONVERTED_SESSIONS_COUNT = "converted_sessions_count";
  public static final String EXITS_COUNT = "exits_count";
  public static final String ACTIONS_COUNT = "actions_count";
  public static final String NEXT_STEP = "next_step";
  public static final String MEDIAN_DURATION_SECONDS = "median_duration_seconds";
  public static final String MEDIAN_TIME_SPENT_SECONDS = "median_time_spent_seconds";
  public static final String CONVERSIONS_COUNT = "conversions_count";
  public static final String REVENUE = "revenue";
  public static final String RATINGS_COUNT = "ratings_count";
  public static final String RATING_MEAN = "rating_mean";
  public static final String NPS = "nps";
  public static final String MEDIAN_QUEUE_SECONDS = "median_queue_seconds";
  public static final String MEDIAN_HOLD_SECONDS = "median_hold_seconds";
  public static final String MEDIAN_HANDLE_SECONDS = "median_handle_seconds";
  public static final String FIRST_CONTACT_RESOLUTION = "first_contact_resolution";
  public static final String REOPENED_SHARE = "reopened_share";
  public static final String MEDIAN_REPLY_MINUTES = "median_reply_minutes";
  public static final String MEDIAN_REPLY_BUSINESS_MINUTES = "median_reply_business_minutes";
  public static final String GOAL = "goal";
  public static final String KPI_NAME = "kpi_name";
  public static final String KPI_TARGET = "kpi_target";
  public static final String KPI_VALUE = "kpi_value";

  public static final Table TABLE =
      Table.of(
              "touchpoint_kpis",
              "What the contacts of a day came to, by channel, type and group of places, beside"
                  + " what they are for.",
              required(EVENT_DATE, DateType, "day in itinera.time-zone"),
              required(CHANNEL, StringType, "channel of the touchpoints"),
              required(TYPE, StringType, "type of the touchpoints"),
              required(
                  LOCATION_GROUP,
                  StringType,
                  "by itinera.kpis.location-group: first part of a page's path, store, queue;"
                      + " (none) where nobody recorded it"),
              optional(STAGE, StringType, "lifecycle stage of most of them, ties alphabetical"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints, those of nobody known too"),
              optional(CUSTOMERS_COUNT, LongType, "distinct customers"),
              optional(SESSIONS_COUNT, LongType, "distinct sessions"),
              optional(
                  CONVERTED_SESSIONS_COUNT,
                  LongType,
                  "those of these sessions in which a conversion followed on the same day, or was"
                      + " one of them"),
              optional(
                  EXITS_COUNT,
                  LongType,
                  "touchpoints after which nothing followed in the session that day"),
              optional(
                  ACTIONS_COUNT,
                  LongType,
                  "what customers did there: touchpoints that are actions (itinera.kpis.is-action),"
                      + " behind one of these in the session that day and before the next that is"
                      + " none"),
              optional(
                  NEXT_STEP,
                  StringType,
                  "channel:type that most often came next in the session that day, ties"
                      + " alphabetical"),
              optional(
                  MEDIAN_DURATION_SECONDS, DoubleType, "median of duration_seconds, as recorded"),
              optional(
                  MEDIAN_TIME_SPENT_SECONDS,
                  DoubleType,
                  "median of the recorded duration, else of the seconds to what followed in the"
                      + " session that day"),
              optional(CONVERSIONS_COUNT, LongType, "distinct orders or other conversions"),
              optional(REVENUE, MONEY, "purchases less refunds at these touchpoints"),
              optional(RATINGS_COUNT, LongType, "survey answers"),
              optional(RATING_MEAN, DoubleType, "mean of the survey scores as given"),
              optional(
                  NPS,
                  DoubleType,
                  "share of promoters (9, 10) less share of detractors (0 to 6), times 100; of"
                      + " answers on that scale"),
              optional(MEDIAN_QUEUE_SECONDS, DoubleType, "median wait for somebody"),
              optional(MEDIAN_HOLD_SECONDS, DoubleType, "median time on hold"),
              optional(
                  MEDIAN_HANDLE_SECONDS, DoubleType, "median time that somebody was busy with it"),
              optional(
                  FIRST_CONTACT_RESOLUTION,
                  DoubleType,
                  "share that the first contact solved, of those of which it is known"),
              optional(
                  REOPENED_SHARE,
                  DoubleType,
                  "share that was taken up again, of those of which it is known"),
              optional(
                  MEDIAN_REPLY_MINUTES, DoubleType, "median minutes to the first reply, all day"),
              optional(
                  MEDIAN_REPLY_BUSINESS_MINUTES,
                  DoubleType,
                  "median minutes to the first reply, within business hours"),
              optional(GOAL, StringType, "what they are for; null without a goal"),
              optional(KPI_NAME, StringType, "how that is measured"),
              optional(KPI_TARGET, DoubleType, "what the measure should come to"),
              optional(KPI_VALUE, DoubleType, "what it came to"))
          .keyedBy(EVENT_DATE, CHANNEL, TYPE, LOCATION_GROUP)
          .partitionedBy(EVENT_DATE);

  /** Names of the columns that goals make of measures. */
  public static final Set<String> JUDGED = Set.of(GOAL, KPI_NAME, KPI_TARGET, KPI_VALUE);

  /** Names of all columns of which a goal's value may be made. */
  public static final List<String> MEASURES =
      Stream.of(TABLE.schema().fieldNames()).filter(name -> !JUDGED.contains(name)).toList();

  private TouchpointKpis() {}
}
