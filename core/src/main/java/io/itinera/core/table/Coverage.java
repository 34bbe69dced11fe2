package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What became of every record that each source brought, and how much of it can be used. */
public final class Coverage {

  public static final String SOURCE = "source";
  public static final String CHANNEL = "channel";
  public static final String EVENT_DATE = "event_date";
  public static final String RECORDS_READ = "records_read";
  public static final String RECORDS_ACCEPTED = "records_accepted";
  public static final String RECORDS_DUPLICATE = "records_duplicate";
  public static final String RECORDS_REJECTED = "records_rejected";
  public static final String RECORDS_FILTERED = "records_filtered";
  public static final String IDENTIFIED_SHARE = "identified_share";
  public static final String STITCHED_SHARE = "stitched_share";
  public static final String BOTS_COUNT = "bots_count";

  public static final Table TABLE =
      Table.of(
              "coverage",
              "What became of every record that each source brought, by channel and day: read ="
                  + " accepted + duplicate + rejected.",
              optional(SOURCE, StringType, "name of the configured source"),
              optional(
                  CHANNEL,
                  StringType,
                  "channel; null for records that tell none, such as profiles"),
              optional(
                  EVENT_DATE,
                  DateType,
                  "day in itinera.time-zone; null for records that tell none"),
              optional(
                  RECORDS_READ,
                  LongType,
                  "records in all files as they were last read, each as often as it was delivered;"
                      + " of a source whose rewritten files add, in all their writings; and what"
                      + " stays though no file holds it any more"),
              optional(
                  RECORDS_ACCEPTED,
                  LongType,
                  "touchpoints there are; for records without a channel, the profiles and costs"
                      + " there are"),
              optional(
                  RECORDS_DUPLICATE,
                  LongType,
                  "records that left nothing of their own: delivered more than once, in whatever"
                      + " file, replaced by another version, withdrawn, or withdrawals themselves"),
              optional(RECORDS_REJECTED, LongType, "records refused, or left out by their source"),
              optional(
                  RECORDS_FILTERED,
                  LongType,
                  "of the rejected, those left out as the source says (reason filtered)"),
              optional(
                  IDENTIFIED_SHARE,
                  DoubleType,
                  "share of the touchpoints with an identifier that names a person; null without"
                      + " any"),
              optional(
                  STITCHED_SHARE,
                  DoubleType,
                  "share of the touchpoints whose customer is known by now; null without any"),
              optional(BOTS_COUNT, LongType, "touchpoints made by machines"))
          .keyedBy(SOURCE, CHANNEL, EVENT_DATE);

  private Coverage() {}
}
