package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How firmly a customer's identifiers hold together. */
public final class IdentityQuality {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String IDENTIFIERS_COUNT = "identifiers_count";
  public static final String EDGES_COUNT = "edges_count";
  public static final String DENSITY = "density";
  public static final String BRIDGES_COUNT = "bridges_count";
  public static final String CONFLICTS_COUNT = "conflicts_count";

  public static final Table TABLE =
      Table.of(
              "identity_quality",
              "How firmly a customer's identifiers hold together: one row per customer of whom"
                  + " there are edges.",
              required(CUSTOMER_ID, StringType, "the customer"),
              optional(IDENTIFIERS_COUNT, LongType, "identifiers that its edges name"),
              optional(EDGES_COUNT, LongType, "edges that join them"),
              optional(
                  DENSITY,
                  DoubleType,
                  "edges_count of all pairs that there could be, 0 to 1; null for one identifier"),
              optional(
                  BRIDGES_COUNT,
                  LongType,
                  "edges without which the customer would fall into two parts of two identifiers or"
                      + " more each"),
              optional(
                  CONFLICTS_COUNT,
                  LongType,
                  "edges to its identifiers that were not used, whatever for"))
          .keyedBy(CUSTOMER_ID);

  private IdentityQuality() {}
}
