package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What every customer with an order is expected to bring within some time from now. */
public final class CustomerValue {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF = "as_of";
  public static final String HORIZON_DAYS = "horizon_days";
  public static final String P_ALIVE = "p_alive";
  public static final String EXPECTED_ORDERS = "expected_orders";
  public static final String EXPECTED_SPEND = "expected_spend";
  public static final String CLV = "clv";
  public static final String MODEL = "model";
  public static final String MODEL_VERSION = "model_version";

  public static final Table TABLE =
      Table.of(
              "customer_value",
              "What every customer with an order is expected to bring within some time from now.",
              required(CUSTOMER_ID, StringType, "the customer"),
              required(AS_OF, DateType, "last day that is known; nothing later counts"),
              required(HORIZON_DAYS, IntegerType, "so many days behind as_of are looked at"),
              optional(P_ALIVE, DoubleType, "probability that the customer has not gone for good"),
              optional(
                  EXPECTED_ORDERS,
                  DoubleType,
                  "expected orders within the horizon; those of one day count once"),
              optional(EXPECTED_SPEND, MONEY, "their expected value, less refunds"),
              optional(CLV, MONEY, "their expected margin less refunds, discounted to as_of"),
              optional(MODEL, StringType, "bg-nbd, pareto-nbd or nbd; spend by gamma-gamma"),
              optional(MODEL_VERSION, StringType, "hash of the fitted parameters"))
          .keyedBy(CUSTOMER_ID, AS_OF, HORIZON_DAYS)
          .partitionedBy(AS_OF);

  private CustomerValue() {}
}
