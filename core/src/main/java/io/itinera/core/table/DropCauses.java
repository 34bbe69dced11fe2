package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Conditions under which more customers leave a funnel than otherwise. */
public final class DropCauses {

  public static final String AS_OF = "as_of";
  public static final String FUNNEL = "funnel";
  public static final String STEP = "step";
  public static final String CONDITION = "condition";
  public static final String SUPPORT = "support";
  public static final String LIFT = "lift";
  public static final String HOLDOUT_LIFT = "holdout_lift";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String DROP_RATE = "drop_rate";
  public static final String P_VALUE = "p_value";
  public static final String STEP_NAME = "step_name";

  public static final Table TABLE =
      Table.of(
              "drop_causes",
              "Conditions, and pairs of them, under which more customers leave a funnel, found"
                  + " among seven tenths of them and confirmed by the others.",
              required(AS_OF, DateType, "night of the computation"),
              required(FUNNEL, StringType, "as in funnels"),
              required(STEP, LongType, "the step behind which they leave, 1, 2, …"),
              required(
                  CONDITION,
                  StringType,
                  "such as device = mobile, of the touch that took the step first; persona = …;"
                      + " then channel:type, which happened behind it, up to a landmark; or two,"
                      + " joined by and, that do more together than each alone"),
              optional(
                  SUPPORT,
                  DoubleType,
                  "share of all of whom it holds: of the customers who came to the step and whose"
                      + " time is over; with then …, of those who still waited at the landmark"),
              optional(LIFT, DoubleType, "their drop rate ÷ the drop rate of all of these"),
              optional(HOLDOUT_LIFT, DoubleType, "the same among those who were kept out"),
              optional(CUSTOMERS_COUNT, LongType, "customers of whom it holds"),
              optional(
                  DROP_RATE, DoubleType, "share of them that did not go on while there was time"),
              optional(
                  P_VALUE,
                  DoubleType,
                  "chance of such a difference, of two of such a surplus, if there were none, times"
                      + " how many conditions, or pairs, were tried"),
              optional(STEP_NAME, StringType, "name of the step"))
          .keyedBy(AS_OF, FUNNEL, STEP, CONDITION)
          .partitionedBy(AS_OF);

  private DropCauses() {}
}
