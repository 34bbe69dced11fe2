package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** What campaigns cost, as the advertising platforms report it. */
public final class CampaignCosts {

  public static final String SOURCE = "source";
  public static final String RECORD_ID = "record_id";
  public static final String DATE = "date";
  public static final String MARKETING_CHANNEL = "marketing_channel";
  public static final String CAMPAIGN = "campaign";
  public static final String COST = "cost";
  public static final String CURRENCY = "currency";
  public static final String IMPRESSIONS = "impressions";
  public static final String CLICKS = "clicks";
  public static final String RECORD_VERSION = "record_version";
  public static final String RECORD_HASH = "record_hash";
  public static final String LOADED_RUN_ID = "loaded_run_id";

  public static final Table TABLE =
      Table.of(
              "campaign_costs",
              "What campaigns cost: one row per line of an advertising platform's report, the last"
                  + " restatement of it. Sum over its rows.",
              Origin.after(
                  required(SOURCE, StringType, "name of the configured source"),
                  required(
                      RECORD_ID,
                      StringType,
                      "what makes the line the same when it is reported again"),
                  optional(
                      DATE, DateType, "day of the report, in the platform account's time zone"),
                  optional(
                      MARKETING_CHANNEL, StringType, "marketing channel that the money went into"),
                  optional(CAMPAIGN, StringType, "campaign as touchpoints name it"),
                  optional(COST, MONEY, "money spent, in the column currency"),
                  optional(
                      CURRENCY,
                      StringType,
                      "ISO 4217; itinera.currency where the record says none"),
                  optional(IMPRESSIONS, LongType, "how often advertisements were shown"),
                  optional(CLICKS, LongType, "how often they were clicked"),
                  optional(
                      RECORD_VERSION,
                      TimestampType,
                      "instant by which deliveries of the same record compete"),
                  optional(RECORD_HASH, LongType, "64-bit hash of the mapped content"),
                  optional(LOADED_RUN_ID, StringType, "the run that loaded it")))
          .keyedBy(SOURCE, RECORD_ID);

  private CampaignCosts() {}
}
