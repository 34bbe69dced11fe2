package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Which persona a customer belongs to. */
public final class CustomerPersonas {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF = "as_of";
  public static final String PERSONA_ID = "persona_id";
  public static final String DISTANCE = "distance";
  public static final String CONFIDENCE = "confidence";

  public static final Table TABLE =
      Table.of(
              "customer_personas",
              "Which persona a customer belongs to.",
              required(CUSTOMER_ID, StringType, "the customer"),
              required(AS_OF, DateType, "night of the assignment"),
              optional(PERSONA_ID, StringType, "the nearest persona"),
              optional(DISTANCE, DoubleType, "to its centroid, in standard deviations"),
              optional(CONFIDENCE, DoubleType, "1 − nearest ÷ second nearest distance, 0 to 1"))
          .keyedBy(CUSTOMER_ID, AS_OF)
          .partitionedBy(AS_OF);

  private CustomerPersonas() {}
}
