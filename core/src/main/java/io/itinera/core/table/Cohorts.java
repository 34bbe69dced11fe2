package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What customers who began in the same week or month did in the periods behind it. */
public final class Cohorts {

  public static final String AS_OF = "as_of";
  public static final String COHORT_BY = "cohort_by";
  public static final String UNIT = "unit";
  public static final String PERIODS = "periods";
  public static final String COHORT_ON = "cohort_on";
  public static final String PERIOD = "period";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String ACTIVE_COUNT = "active_count";
  public static final String ORDERS_COUNT = "orders_count";
  public static final String REVENUE = "revenue";
  public static final String IS_COMPLETE = "is_complete";

  public static final Table TABLE =
      Table.of(
              "cohorts",
              "What customers who began in the same week or month did in the periods behind it.",
              required(AS_OF, DateType, "the night; nothing later counts"),
              required(COHORT_BY, StringType, "first-touch or first-order: what they begin with"),
              required(UNIT, StringType, "week or month"),
              required(
                  PERIODS,
                  StringType,
                  "calendar: periods are weeks from Monday or months; rolling: from each"
                      + " customer's own first day"),
              required(COHORT_ON, DateType, "first day of the week or month in which they began"),
              required(PERIOD, IntegerType, "0 for the one in which they began, then 1, 2, …"),
              optional(CUSTOMERS_COUNT, LongType, "customers of the cohort"),
              optional(ACTIVE_COUNT, LongType, "those with a touchpoint in the period"),
              optional(ORDERS_COUNT, LongType, "their orders in the period"),
              optional(REVENUE, MONEY, "their purchases less refunds in the period"),
              optional(IS_COMPLETE, BooleanType, "the period was over for all of them by as_of"))
          .keyedBy(AS_OF, COHORT_BY, UNIT, PERIODS, COHORT_ON, PERIOD)
          .partitionedBy(AS_OF);

  private Cohorts() {}
}
