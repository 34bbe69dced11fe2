package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The view of {@link Touchpoints} with the customer that {@link SetOwners} gives them and the
 * session that {@link TouchpointSessions} gives them.
 */
public final class OwnedTouchpoints {

  public static final String CUSTOMER_ID = SetOwners.CUSTOMER_ID;
  public static final String SESSION_ID = TouchpointSessions.SESSION_ID;

  public static final Table VIEW =
      new Table(
          "owned_touchpoints",
          "Touchpoints with the customer they were stitched to and their session.",
          Touchpoints.TABLE.key(),
          Touchpoints.TABLE.partitions(),
          columns());

  private OwnedTouchpoints() {}

  private static StructType columns() {
    StructField customer =
        optional(
            CUSTOMER_ID,
            StringType,
            "the customer it was stitched to; null without any identifier, and for machines where"
                + " bots are excluded");
    StructField session =
        optional(
            SESSION_ID, StringType, "the session it belongs to; null only where customer_id is");
    return Touchpoints.TABLE.schema().add(customer).add(session);
  }
}
