package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How likely every customer with an order is to order nothing for some time. */
public final class ChurnScores {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF = "as_of";
  public static final String CHURN_PROBABILITY = "churn_probability";
  public static final String TOP_REASONS = "top_reasons";
  public static final String WINDOW_DAYS = "window_days";
  public static final String MODEL = "model";
  public static final String MODEL_VERSION = "model_version";

  public static final Table TABLE =
      Table.of(
              "churn_scores",
              "How likely every customer with an order is to order nothing for some time.",
              required(CUSTOMER_ID, StringType, "the customer"),
              required(AS_OF, DateType, "last day that is known; nothing later counts"),
              optional(
                  CHURN_PROBABILITY,
                  DoubleType,
                  "probability of no order within window_days behind as_of"),
              optional(TOP_REASONS, STRINGS, "what raises it, strongest first; empty if nothing"),
              optional(WINDOW_DAYS, IntegerType, "so many days behind as_of are looked at"),
              optional(MODEL, StringType, "what it was computed by"),
              optional(MODEL_VERSION, StringType, "hash of the fitted parameters"))
          .keyedBy(CUSTOMER_ID, AS_OF)
          .partitionedBy(AS_OF);

  private ChurnScores() {}
}
