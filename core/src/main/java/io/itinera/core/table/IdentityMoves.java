package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Which identifiers changed hands in which run: what later stages must restate. */
public final class IdentityMoves {

  public static final String RUN_ID = "run_id";
  public static final String AS_OF = "as_of";
  public static final String TYPE = "type";
  public static final String VALUE = "value";
  public static final String FROM_CUSTOMER_ID = "from_customer_id";
  public static final String TO_CUSTOMER_ID = "to_customer_id";
  public static final String SINCE = "since";
  public static final String VALID_FROM = "valid_from";

  public static final Table TABLE =
      Table.of(
          "identity_moves",
          "Which identifiers changed hands in which run: what later stages must restate.",
          optional(RUN_ID, StringType, "the run that moved it"),
          optional(AS_OF, DateType, "night of the run"),
          optional(TYPE, StringType, "identifier type"),
          optional(VALUE, StringType, "identifier value"),
          optional(FROM_CUSTOMER_ID, StringType, "customer before; null when new"),
          optional(
              TO_CUSTOMER_ID,
              StringType,
              "customer after; null when gone. The same as before where only the end of its time is"
                  + " another"),
          optional(SINCE, TimestampType, "first time it was seen: nothing earlier is concerned"),
          optional(
              VALID_FROM,
              TimestampType,
              "as in identities, of a device that changes hands; null for all others, and for the"
                  + " first time in which it is somebody's"));

  private IdentityMoves() {}
}
