package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;

/** Past conversions whose credit has moved. */
public final class AttributionChanges {

  public static final String RUN_ID = "run_id";
  public static final String AS_OF = "as_of";
  public static final String CONVERSION_TOUCHPOINT_ID = "conversion_touchpoint_id";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String PREVIOUS_CUSTOMER_ID = "previous_customer_id";
  public static final String MARKETING_CHANNEL = "marketing_channel";
  public static final String CAMPAIGN = "campaign";
  public static final String CONVERSIONS_BEFORE = "conversions_before";
  public static final String CONVERSIONS_AFTER = "conversions_after";
  public static final String REVENUE_BEFORE = "revenue_before";
  public static final String REVENUE_AFTER = "revenue_after";
  public static final String CAUSE = "cause";

  public static final Table TABLE =
      Table.of(
          "attribution_changes",
          "Past conversions whose credit has moved, by the model linear, in which every touch has a"
              + " part: one row per conversion, marketing channel and campaign.",
          optional(RUN_ID, StringType, "the run"),
          optional(AS_OF, DateType, "its night"),
          optional(CONVERSION_TOUCHPOINT_ID, StringType, "the conversion"),
          optional(CUSTOMER_ID, StringType, "whose it is; null if it is nobody's any more"),
          optional(PREVIOUS_CUSTOMER_ID, StringType, "whose it was"),
          optional(MARKETING_CHANNEL, StringType, "as in attribution"),
          optional(CAMPAIGN, StringType, "as in attribution"),
          optional(
              CONVERSIONS_BEFORE,
              createDecimalType(18, AttributionTouchpoints.CONVERSIONS_SCALE),
              "what the campaign was given before"),
          optional(
              CONVERSIONS_AFTER,
              createDecimalType(18, AttributionTouchpoints.CONVERSIONS_SCALE),
              "what it is given now"),
          optional(REVENUE_BEFORE, MONEY, "revenue that it was given before"),
          optional(REVENUE_AFTER, MONEY, "revenue that it is given now"),
          optional(
              CAUSE,
              StringType,
              "identity: customers were merged or split, see customer_changes; touchpoints: some"
                  + " came late, changed or went; withdrawn: the conversion itself went"));

  private AttributionChanges() {}
}
