package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How many touchpoints of each source there are on each day: the compact table behind coverage. */
public final class SourceDays {

  public static final String SOURCE = "source";
  public static final String CHANNEL = "channel";
  public static final String EVENT_DATE = "event_date";
  public static final String TOUCHPOINTS_COUNT = "touchpoints_count";
  public static final String IDENTIFIED_COUNT = "identified_count";
  public static final String BOTS_COUNT = "bots_count";

  public static final Table TABLE =
      Table.of(
              "source_days",
              "How many touchpoints of each source there are on each day: the compact table behind"
                  + " coverage.",
              optional(SOURCE, StringType, "name of the configured source"),
              optional(CHANNEL, StringType, "channel of the touchpoints"),
              required(EVENT_DATE, DateType, "day in itinera.time-zone"),
              optional(TOUCHPOINTS_COUNT, LongType, "touchpoints of that day"),
              optional(
                  IDENTIFIED_COUNT, LongType, "of these, with an identifier that names a person"),
              optional(BOTS_COUNT, LongType, "of these, made by machines"))
          .keyedBy(SOURCE, CHANNEL, EVENT_DATE)
          .partitionedBy(EVENT_DATE);

  private SourceDays() {}
}
