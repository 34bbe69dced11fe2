package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;

/** How much of what each source brings can be used. */
public final class Coverage {

  public static final String SOURCE = "source";
  public static final String CHANNEL = "channel";
  public static final String EVENT_DATE = "event_date";
  public static final String RECORDS_READ = "records_read";
  public static final String RECORDS_ACCEPTED = "records_accepted";
  public static final String RECORDS_REJECTED = "records_rejected";
  public static final String IDENTIFIED_SHARE = "identified_share";
  public static final String STITCHED_SHARE = "stitched_share";
  public static final String BOTS_COUNT = "bots_count";

  public static final Table TABLE =
      Table.of(
          "coverage",
          "How much of what each source brings can be used, by channel and day.",
          List.of(SOURCE, CHANNEL, EVENT_DATE),
          List.of(),
          optional(SOURCE, StringType, "name of the configured source"),
          optional(
              CHANNEL, StringType, "channel; null for records that tell none, such as profiles"),
          optional(
              EVENT_DATE, DateType, "day in itinera.time-zone; null for records that tell none"),
          optional(RECORDS_READ, LongType, "records in the files, as they were last read"),
          optional(
              RECORDS_ACCEPTED,
              LongType,
              "touchpoints there are; for records without a channel, the profiles and costs there"
                  + " are"),
          optional(RECORDS_REJECTED, LongType, "records refused, or left out by their source"),
          optional(
              IDENTIFIED_SHARE,
              DoubleType,
              "share of the touchpoints with an identifier that names a person; null without any"),
          optional(
              STITCHED_SHARE,
              DoubleType,
              "share of the touchpoints whose customer is known by now; null without any"),
          optional(BOTS_COUNT, LongType, "touchpoints made by machines"));

  private Coverage() {}
}
