package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What customers meet at each stage, where it hurts, and what it does to what comes later. */
public final class JourneyMap {

  public static final String AS_OF = "as_of";
  public static final String STAGE = "stage";
  public static final String TYPE = "type";
  public static final String CHANNEL = "channel";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String MEDIAN_TIME_SPENT_SECONDS = "median_time_spent_seconds";
  public static final String NEXT_STEP = "next_step";
  public static final String NEXT_STEP_ODDS = "next_step_odds";
  public static final String DROP_OFF_RATE = "drop_off_rate";
  public static final String CONVERSION_RATE = "conversion_rate";
  public static final String CONVERSION_EFFECT = "conversion_effect";
  public static final String COST = "cost";
  public static final String REVENUE_AT_STAKE = "revenue_at_stake";
  public static final String RATING_MEAN = "rating_mean";
  public static final String RATINGS_COUNT = "ratings_count";
  public static final String SENTIMENT_MEAN = "sentiment_mean";
  public static final String SENTIMENTS_COUNT = "sentiments_count";
  public static final String GOAL = "goal";
  public static final String KPI_NAME = "kpi_name";
  public static final String KPI_VALUE = "kpi_value";
  public static final String KPI_TARGET = "kpi_target";
  public static final String QUESTIONS = "questions";
  public static final String PAIN_SCORE = "pain_score";
  public static final String PAIN_PARTS = "pain_parts";
  public static final String MOMENT_OF_TRUTH_EFFECT = "moment_of_truth_effect";
  public static final String EFFECT_LOW = "effect_low";
  public static final String EFFECT_HIGH = "effect_high";
  public static final String EFFECT_CUSTOMERS_COUNT = "effect_customers_count";

  public static final String CHURN_EFFECT = "churn_effect";
  public static final String CHURN_EFFECT_LOW = "churn_effect_low";
  public static final String CHURN_EFFECT_HIGH = "churn_effect_high";
  public static final String CONTACTS_COUNT = "contacts_count";
  public static final String CHURN_EFFECT_CUSTOMERS_COUNT = "churn_effect_customers_count";

  public static final Table TABLE =
      Table.of(
              "journey_map",
              "What customers meet at each stage, where it hurts, and what it does to what comes"
                  + " later: by stage, type and channel of touchpoints.",
              required(AS_OF, DateType, "night of the computation"),
              required(
                  STAGE,
                  StringType,
                  "by itinera.journey-map.stages, else the touchpoints' own stage"),
              required(TYPE, StringType, "type of the touchpoints"),
              required(CHANNEL, StringType, "their channel"),
              optional(CUSTOMERS_COUNT, LongType, "customers who were there"),
              optional(TOUCHPOINTS_COUNT, LongType, "how often; lines of one order once"),
              optional(
                  MEDIAN_TIME_SPENT_SECONDS,
                  DoubleType,
                  "median of the recorded duration, else of the time to what followed within half"
                      + " an hour"),
              optional(NEXT_STEP, StringType, "channel:type that mostly followed, or (exit)"),
              optional(
                  NEXT_STEP_ODDS,
                  DOUBLE_MAP,
                  "share of each channel:type that followed within half an hour; (exit) of"
                      + " nothing"),
              optional(
                  DROP_OFF_RATE,
                  DoubleType,
                  "share after which nothing came within the horizon, of those whose horizon is"
                      + " over; conversions apart"),
              optional(
                  CONVERSION_RATE,
                  DoubleType,
                  "share that a conversion followed within the horizon, of those whose horizon is"
                      + " over"),
              optional(
                  CONVERSION_EFFECT,
                  DoubleType,
                  "conversion_rate less that of all touchpoints of the stage, not adjusted"),
              optional(COST, MONEY, "what these touchpoints cost, as recorded; null if none told"),
              optional(
                  REVENUE_AT_STAKE,
                  MONEY,
                  "what conversions brought that followed within the horizon, each once"),
              optional(RATING_MEAN, DoubleType, "mean of survey scores given there"),
              optional(RATINGS_COUNT, LongType, "how many"),
              optional(
                  SENTIMENT_MEAN,
                  DoubleType,
                  "mean of how customers felt, by itinera.journey-map.sentiment: -1 to 1"),
              optional(SENTIMENTS_COUNT, LongType, "of how many touchpoints that is known"),
              optional(GOAL, StringType, "what it is for, as in touchpoint_kpis"),
              optional(KPI_NAME, StringType, "how that is measured"),
              optional(
                  KPI_VALUE,
                  DoubleType,
                  "what the measure came to over all days and places of the window together"),
              optional(KPI_TARGET, DoubleType, "what it should come to"),
              optional(
                  QUESTIONS,
                  STRINGS,
                  "what customers wanted to know, most frequent first; by three at least"),
              optional(
                  PAIN_SCORE,
                  DoubleType,
                  "0 to 100: share of touchpoints that hurt; at the contact centre, of contacts"),
              optional(PAIN_PARTS, DOUBLE_MAP, "the same share by what hurt"),
              optional(
                  MOMENT_OF_TRUTH_EFFECT,
                  DoubleType,
                  "by how much the share that converts within the horizon is greater after a good"
                      + " first moment there than after one that hurt; adjusted for whether they"
                      + " had bought and how much they had done before (Mantel-Haenszel)"),
              optional(EFFECT_LOW, DoubleType, "lower end of its 95 % interval"),
              optional(EFFECT_HIGH, DoubleType, "its upper end"),
              optional(
                  EFFECT_CUSTOMERS_COUNT, LongType, "customers that the effect was measured with"),
              optional(
                  CHURN_EFFECT,
                  DoubleType,
                  "by how much the share that nothing comes of within the horizon is greater after"
                      + " a good first moment there than after one that hurt, adjusted likewise:"
                      + " below 0 where good moments keep customers"),
              optional(CHURN_EFFECT_LOW, DoubleType, "lower end of its 95 % interval"),
              optional(CHURN_EFFECT_HIGH, DoubleType, "its upper end"),
              optional(
                  CHURN_EFFECT_CUSTOMERS_COUNT,
                  LongType,
                  "customers that churn_effect was measured with"),
              optional(
                  CONTACTS_COUNT,
                  LongType,
                  "what pain_score is a share of: touchpoints, at the contact centre contacts"))
          .keyedBy(AS_OF, STAGE, TYPE, CHANNEL)
          .partitionedBy(AS_OF);

  private JourneyMap() {}
}
