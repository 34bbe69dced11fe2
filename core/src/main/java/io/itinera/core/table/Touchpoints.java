package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.IDENTIFIER_LIST;
import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.ColumnTypes.STRING_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * One row per contact between a person and the company. It is written once: whose it is, and in
 * which session, stands in {@link SetOwners} and {@link TouchpointSessions}.
 */
public final class Touchpoints {

  public static final String TOUCHPOINT_ID = "touchpoint_id";
  public static final String RECORD_ID = "record_id";
  public static final String SOURCE = "source";
  public static final String CHANNEL = "channel";
  public static final String TYPE = "type";
  public static final String STAGE = "stage";
  public static final String OCCURRED_AT = "occurred_at";
  public static final String SEQUENCE = "sequence";
  public static final String IDENTIFIERS = "identifiers";
  public static final String SET_ID = "set_id";
  public static final String SET_CHECK = "set_check";
  public static final String SOURCE_SESSION = "source_session";
  public static final String MARKETING_CHANNEL = "marketing_channel";
  public static final String CAMPAIGN = "campaign";
  public static final String MEDIUM = "medium";
  public static final String REFERRER = "referrer";
  public static final String LOCATION = "location";
  public static final String PRODUCT_IDS = "product_ids";
  public static final String CATEGORY = "category";
  public static final String VALUE = "value";
  public static final String RECORDED_VALUE = "recorded_value";
  public static final String REPEATS_TOUCHPOINT_ID = "repeats_touchpoint_id";
  public static final String CURRENCY = "currency";
  public static final String ORDER_ID = "order_id";
  public static final String COST = "cost";
  public static final String DURATION_SECONDS = "duration_seconds";
  public static final String RATING = "rating";
  public static final String RATING_SCALE = "rating_scale";
  public static final String TEXT = "text";
  public static final String DEVICE = "device";
  public static final String COUNTRY = "country";
  public static final String CITY = "city";
  public static final String PROPERTIES = "properties";
  public static final String EVENT_DATE = "event_date";
  public static final String LOADED_RUN_ID = "loaded_run_id";
  public static final String BOT_REASON = "bot_reason";
  public static final String RECORD_VERSION = "record_version";
  public static final String RECORD_HASH = "record_hash";

  public static final Table TABLE =
      Table.of(
              "touchpoints",
              "One row per contact between a person and the company.",
              Origin.after(
                  required(
                      TOUCHPOINT_ID,
                      StringType,
                      "stable: the same raw record always gets the same id"),
                  optional(
                      RECORD_ID,
                      StringType,
                      "the record's own id in its source; null where the id is a hash of its text"),
                  optional(SOURCE, StringType, "name of the configured source"),
                  optional(
                      CHANNEL,
                      StringType,
                      "web, app, email, call, chat, store, social, ad, survey, crm, event, mail,"
                          + " sms or one the configuration adds"),
                  optional(
                      TYPE,
                      StringType,
                      "what happened, snake_case: page_view, purchase, refund, call, complaint,"
                          + " email_open …"),
                  optional(
                      STAGE,
                      StringType,
                      "awareness, consideration, conversion, retention or advocacy, by the"
                          + " configured stage rules"),
                  optional(OCCURRED_AT, TimestampType, "when it happened (UTC instant)"),
                  optional(
                      SEQUENCE,
                      LongType,
                      "orders touchpoints of one instant: the vendor's own, else the record's place"
                          + " in its file"),
                  optional(
                      IDENTIFIERS,
                      IDENTIFIER_LIST,
                      "normalised identifiers of the person, sorted by type and value, each once"),
                  optional(
                      SET_ID,
                      LongType,
                      "hash of identifiers, null without any; set_owners says whose it is,"
                          + " touchpoint_sessions in which session it is, the view"
                          + " owned_touchpoints both"),
                  optional(
                      SET_CHECK,
                      LongType,
                      "another hash of identifiers, null without any; two sets of one set_id differ"
                          + " in it"),
                  optional(
                      SOURCE_SESSION,
                      StringType,
                      "the vendor's own session or conversation id, if any"),
                  optional(
                      MARKETING_CHANNEL,
                      StringType,
                      "first match of the configured channel rules, e.g. paid_search, direct"),
                  optional(CAMPAIGN, StringType, "campaign as recorded"),
                  optional(MEDIUM, StringType, "medium as recorded"),
                  optional(REFERRER, StringType, "referrer as recorded"),
                  optional(LOCATION, StringType, "where it happened: page path, store, queue"),
                  optional(PRODUCT_IDS, STRINGS, "products touched"),
                  optional(CATEGORY, StringType, "product category, if any"),
                  optional(
                      VALUE,
                      MONEY,
                      "money that changed hands in itinera.currency: positive for purchase,"
                          + " negative for refund, else null; null, too, where it repeats an order"
                          + " that counts already"),
                  optional(
                      CURRENCY,
                      StringType,
                      "ISO 4217 as recorded (value is already in itinera.currency)"),
                  optional(ORDER_ID, StringType, "the order it belongs to"),
                  optional(
                      COST,
                      MONEY,
                      "what the touch cost the company, if known, in itinera.currency"),
                  optional(DURATION_SECONDS, LongType, "how long it lasted, seconds"),
                  optional(RATING, DoubleType, "survey score as given"),
                  optional(RATING_SCALE, StringType, "nps, csat, ces …"),
                  optional(TEXT, StringType, "what the customer said or wrote"),
                  optional(DEVICE, StringType, "device category or model"),
                  optional(COUNTRY, StringType, "country as recorded"),
                  optional(CITY, StringType, "city as recorded"),
                  optional(PROPERTIES, STRING_MAP, "what else the record held"),
                  optional(EVENT_DATE, DateType, "day of occurred_at in itinera.time-zone"),
                  optional(LOADED_RUN_ID, StringType, "the run that loaded it"),
                  optional(
                      BOT_REASON,
                      StringType,
                      "why it is taken for a machine's (user-agent, rate); null for people"),
                  optional(
                      RECORDED_VALUE,
                      MONEY,
                      "value as this record alone gives it; differs from value only where it"
                          + " repeats an order"),
                  optional(
                      REPEATS_TOUCHPOINT_ID,
                      StringType,
                      "the earlier purchase of the same order and source whose value counts, where"
                          + " the source says that an order counts once; null elsewhere"),
                  optional(
                      RECORD_VERSION,
                      TimestampType,
                      "instant by which deliveries of the same record compete (version-at, else the"
                          + " file's logical date)"),
                  optional(
                      RECORD_HASH,
                      LongType,
                      "64-bit hash of the mapped content; breaks ties between deliveries and shows"
                          + " changes")))
          .keyedBy(TOUCHPOINT_ID)
          .partitionedBy(EVENT_DATE);

  private Touchpoints() {}
}
