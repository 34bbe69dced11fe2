package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.ColumnTypes.TIMESTAMPS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Journeys along a way of stages that the configuration names, beside {@link Journeys}. */
public final class StageJourneys {

  public static final String JOURNEY_ID = "journey_id";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String JOURNEY_NUMBER = "journey_number";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String OUTCOME = "outcome";
  public static final String STAGE_REACHED = "stage_reached";
  public static final String STAGES = "stages";
  public static final String STAGES_AT = "stages_at";
  public static final String RETURNS_COUNT = "returns_count";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String CHANNELS = "channels";
  public static final String DAYS_TO_CONVERT = "days_to_convert";
  public static final String FIRST_TOUCHPOINT_ID = "first_touchpoint_id";
  public static final String LAST_TOUCHPOINT_ID = "last_touchpoint_id";
  public static final String ENDED_ON = "ended_on";

  private StageJourneys() {}

  /** The table of journeys along the way {@code name}. */
  public static Table named(String name) {
    return Table.of(
            "journeys_" + name,
            "Journeys along the stages of itinera.journeys.definitions.%s.".formatted(name),
            required(JOURNEY_ID, StringType, "hash of its definition and first touchpoint"),
            optional(CUSTOMER_ID, StringType, "whose journey it is"),
            optional(JOURNEY_NUMBER, LongType, "1, 2, … per customer in order of touchpoints"),
            optional(STARTED_AT, TimestampType, "the touchpoint of the first stage that began it"),
            optional(ENDED_AT, TimestampType, "last touchpoint that reached a stage"),
            optional(
                OUTCOME,
                StringType,
                "converted: the last stage was reached; abandoned: a silence longer than the gap"
                    + " passed; else open"),
            optional(STAGE_REACHED, StringType, "furthest stage in it"),
            optional(STAGES, STRINGS, "stages in the order in which they were first reached"),
            optional(STAGES_AT, TIMESTAMPS, "when each of stages was first reached"),
            optional(RETURNS_COUNT, LongType, "how often an earlier stage followed a later one"),
            optional(TOUCHPOINTS_COUNT, LongType, "touchpoints in it that reach a stage"),
            optional(CHANNELS, STRINGS, "their channels in order of first use"),
            optional(
                DAYS_TO_CONVERT,
                DoubleType,
                "days from the first stage to the last; null unless converted"),
            optional(FIRST_TOUCHPOINT_ID, StringType, "the touchpoint that began it"),
            optional(LAST_TOUCHPOINT_ID, StringType, "the last that reached a stage"),
            optional(ENDED_ON, DateType, "day of ended_at in itinera.time-zone"))
        .keyedBy(JOURNEY_ID)
        .partitionedBy(ENDED_ON);
  }
}
