package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** The lifecycle stages that each customer has been in, one after the other. */
public final class CustomerStages {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String STAGE = "stage";
  public static final String ENTERED_AT = "entered_at";
  public static final String LEFT_AT = "left_at";
  public static final String RUNS_UNTIL = "runs_until";

  public static final Table TABLE =
      Table.of(
              "customer_stages",
              "The lifecycle stages that each customer has been in: the furthest reached within"
                  + " stage-window days. A customer of whom too long nothing was seen is in none.",
              required(CUSTOMER_ID, StringType, "the customer"),
              optional(STAGE, StringType, "awareness, consideration, conversion, …"),
              required(
                  ENTERED_AT,
                  TimestampType,
                  "the touchpoint that reached it, or the midnight at which a further stage had"
                      + " passed"),
              optional(
                  LEFT_AT,
                  TimestampType,
                  "when the next stage was entered, or the last was over; null for the stage that"
                      + " the customer is in, which is customers.stage"),
              optional(
                  RUNS_UNTIL,
                  TimestampType,
                  "when the stage that the customer is in will be left if nothing more happens;"
                      + " null once left"))
          .keyedBy(CUSTOMER_ID, ENTERED_AT);

  private CustomerStages() {}
}
