package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;

/** What each touch of a converted journey is given, by each model. */
public final class AttributionTouchpoints {

  /** Digits behind the point of parts of a conversion. */
  public static final int CONVERSIONS_SCALE = 10;

  public static final String TOUCHPOINT_ID = "touchpoint_id";
  public static final String JOURNEY_ID = "journey_id";
  public static final String MODEL = "model";
  public static final String CONVERSIONS = "conversions";
  public static final String REVENUE = "revenue";
  public static final String CONVERSION_TOUCHPOINT_ID = "conversion_touchpoint_id";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String MARKETING_CHANNEL = "marketing_channel";
  public static final String CAMPAIGN = "campaign";

  public static final Table TABLE =
      Table.of(
              "attribution_touchpoints",
              "What each touch of a converted journey is given, by each model, as of the last"
                  + " night.",
              required(
                  TOUCHPOINT_ID,
                  StringType,
                  "the touch; the conversion itself where nothing touched the journey"),
              optional(JOURNEY_ID, StringType, "the journey"),
              required(MODEL, StringType, "as in attribution"),
              optional(
                  CONVERSIONS,
                  createDecimalType(18, CONVERSIONS_SCALE),
                  "part of the conversion; of markov and shapley that of linear, times what they"
                      + " give the channel more than linear does"),
              optional(REVENUE, MONEY, "part of the revenue"),
              optional(CONVERSION_TOUCHPOINT_ID, StringType, "the conversion"),
              optional(CUSTOMER_ID, StringType, "whose journey it is"),
              optional(MARKETING_CHANNEL, StringType, "marketing channel of the touch, or (none)"),
              optional(CAMPAIGN, StringType, "campaign of the touch, or (none)"))
          .keyedBy(TOUCHPOINT_ID, MODEL);

  private AttributionTouchpoints() {}
}
