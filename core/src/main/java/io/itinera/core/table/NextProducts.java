package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What each customer who bought anything may buy next, of what they have not bought yet. */
public final class NextProducts {

  public static final String CUSTOMER_ID = "customer_id";
  public static final String AS_OF = "as_of";
  public static final String RANK = "rank";
  public static final String PRODUCT_ID = "product_id";
  public static final String SCORE = "score";

  public static final Table TABLE =
      Table.of(
              "next_products",
              "What each customer who bought anything may buy next, of what they have not bought"
                  + " yet.",
              required(CUSTOMER_ID, StringType, "the customer"),
              required(AS_OF, DateType, "night of the offer; nothing later counts"),
              required(RANK, LongType, "1 is the best offer"),
              optional(PRODUCT_ID, StringType, "the product, as in touchpoints.product_ids"),
              optional(
                  SCORE,
                  DoubleType,
                  "mean share of those with one of the customer's products who have it, too, 0 to"
                      + " 1; of the model als the preference that it foretells"))
          .keyedBy(CUSTOMER_ID, AS_OF, RANK)
          .partitionedBy(AS_OF);

  private NextProducts() {}
}
