package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** The view of {@link Customers} with the measures that marketers ask for first. */
public final class CustomerMeasures {

  public static final Table VIEW =
      Table.of(
              "customer_measures",
              "What each customer brings per day, month and year, for how long, and how long ago"
                  + " they bought.",
              required(Customers.CUSTOMER_ID, StringType, "the customer"),
              optional(Customers.ORDERS_COUNT, LongType, "as in customers"),
              optional(Customers.REVENUE, MONEY, "as in customers: purchases less refunds"),
              optional("first_seen_on", DateType, "day of the first touchpoint"),
              optional("last_seen_on", DateType, "day of the last touchpoint"),
              optional("lifespan_days", LongType, "days from one to the other, both included"),
              optional("revenue_per_day", DoubleType, "revenue ÷ lifespan_days"),
              optional("revenue_per_month", DoubleType, "the same of 365.25 ÷ 12 days"),
              optional("revenue_per_year", DoubleType, "the same of 365.25 days"),
              optional("last_order_on", DateType, "day of the last order; null without one"),
              optional(
                  "days_since_last_order", LongType, "days from then to the last night's as_of"))
          .keyedBy(Customers.CUSTOMER_ID);

  private CustomerMeasures() {}
}
