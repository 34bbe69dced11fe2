package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.MONEY_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What marketing channels and campaigns are worth, by each model. */
public final class Attribution {

  public static final String AS_OF = "as_of";
  public static final String MODEL = "model";
  public static final String MARKETING_CHANNEL = "marketing_channel";
  public static final String CAMPAIGN = "campaign";
  public static final String CONVERSIONS = "conversions";
  public static final String REVENUE = "revenue";
  public static final String COST = "cost";
  public static final String ROAS = "roas";
  public static final String CONVERSIONS_LOW = "conversions_low";
  public static final String CONVERSIONS_HIGH = "conversions_high";
  public static final String REVENUE_LOW = "revenue_low";
  public static final String REVENUE_HIGH = "revenue_high";
  public static final String CONVERSIONS_ERROR = "conversions_error";
  public static final String CONVERSIONS_BY_TYPE = "conversions_by_type";
  public static final String REVENUE_BY_TYPE = "revenue_by_type";

  public static final Table TABLE =
      Table.of(
              "attribution",
              "What marketing channels and campaigns are worth, by each model. Of every model but"
                  + " participation conversions and revenue add up to those of converted journeys.",
              required(AS_OF, DateType, "night of the computation"),
              required(
                  MODEL,
                  StringType,
                  "first, last, last-non-direct, linear, u-shaped, j-curve, inverse-j, time-decay,"
                      + " participation, markov or shapley"),
              required(
                  MARKETING_CHANNEL,
                  StringType,
                  "marketing channel of the touches; (none) for conversions without any"),
              required(CAMPAIGN, StringType, "their campaign; (none) without"),
              optional(CONVERSIONS, MONEY, "converted journeys, or parts of them"),
              optional(REVENUE, MONEY, "what these brought, before refunds"),
              optional(
                  COST,
                  MONEY,
                  "what the campaign cost in the same time, of campaign_costs in itinera.currency;"
                      + " null where nobody said"),
              optional(ROAS, DoubleType, "revenue ÷ cost; null without cost"),
              optional(
                  CONVERSIONS_LOW,
                  DoubleType,
                  "lower end of the 95 % interval of conversions, by drawing groups of customers"
                      + " anew; null where that is off or would take too long"),
              optional(CONVERSIONS_HIGH, DoubleType, "its upper end"),
              optional(REVENUE_LOW, DoubleType, "lower end of the same interval of revenue"),
              optional(REVENUE_HIGH, DoubleType, "its upper end"),
              optional(
                  CONVERSIONS_ERROR,
                  DoubleType,
                  "standard error of conversions where the model was sampled; null where exact"),
              optional(CONVERSIONS_BY_TYPE, MONEY_MAP, "conversions by the type of conversion"),
              optional(REVENUE_BY_TYPE, MONEY_MAP, "revenue by the type of conversion"))
          .keyedBy(AS_OF, MODEL, MARKETING_CHANNEL, CAMPAIGN)
          .partitionedBy(AS_OF);

  private Attribution() {}
}
