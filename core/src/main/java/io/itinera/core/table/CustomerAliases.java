package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Who a customer is today that was ever published. */
public final class CustomerAliases {

  public static final String OLD_CUSTOMER_ID = "old_customer_id";
  public static final String CUSTOMER_ID = "customer_id";

  public static final Table TABLE =
      Table.of(
              "customer_aliases",
              "Who a customer is today that was ever published.",
              required(OLD_CUSTOMER_ID, StringType, "an id that any night has published"),
              optional(
                  CUSTOMER_ID,
                  StringType,
                  "today's: the same while it lives, else the one with whom most of its identifiers"
                      + " went on; null if none did"))
          .keyedBy(OLD_CUSTOMER_ID);

  private CustomerAliases() {}
}
