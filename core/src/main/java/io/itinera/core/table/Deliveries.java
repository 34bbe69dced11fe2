package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What each file holds, by channel and day: the compact table behind coverage. */
public final class Deliveries {

  public static final String RUN_ID = "run_id";
  public static final String SOURCE = "source";
  public static final String PATH = "path";
  public static final String CHANNEL = "channel";
  public static final String EVENT_DATE = "event_date";
  public static final String RECORDS_READ = "records_read";
  public static final String RECORDS_ACCEPTED = "records_accepted";
  public static final String RECORDS_REJECTED = "records_rejected";
  public static final String RECORDS_FILTERED = "records_filtered";

  public static final Table TABLE =
      Table.of(
              "deliveries",
              "What each file holds, by channel and day: the compact table behind coverage. Of a"
                  + " source whose rewritten files add, what all writings of the file held.",
              optional(RUN_ID, StringType, "the run that read it last"),
              optional(SOURCE, StringType, "name of the configured source"),
              optional(PATH, StringType, "the file"),
              optional(
                  CHANNEL,
                  StringType,
                  "channel of the records; null where they tell none, as profiles"),
              optional(EVENT_DATE, DateType, "day in itinera.time-zone; null where they tell none"),
              optional(RECORDS_READ, LongType, "records read"),
              optional(RECORDS_ACCEPTED, LongType, "of these, news to the run"),
              optional(RECORDS_REJECTED, LongType, "of these, refused or left out"),
              optional(RECORDS_FILTERED, LongType, "of these, left out as their source says"))
          .keyedBy(SOURCE, PATH, CHANNEL, EVENT_DATE);

  private Deliveries() {}
}
