package io.itinera.core.table;

import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Who lives with whom. */
public final class Households {

  public static final String HOUSEHOLD_ID = "household_id";
  public static final String CUSTOMER_ID = "customer_id";

  public static final Table TABLE =
      Table.of(
              "households",
              "Who lives with whom: one row per customer who shares a household with another."
                  + " Empty unless itinera.households says what a household is.",
              required(HOUSEHOLD_ID, StringType, "follows from what its members have in common"),
              required(CUSTOMER_ID, StringType, "one of at least two members"))
          .keyedBy(CUSTOMER_ID);

  private Households() {}
}
