package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Whose touchpoints with a given set of identifiers are. */
public final class SetOwners {

  public static final String SET_ID = "set_id";
  public static final String SET_CHECK = "set_check";
  public static final String VALID_FROM = "valid_from";
  public static final String VALID_TO = "valid_to";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String ASSIGNED_BY = "assigned_by";

  public static final Table TABLE =
      Table.of(
              "set_owners",
              "Whose touchpoints with a given set of identifiers are.",
              required(SET_ID, LongType, "as in touchpoints"),
              required(SET_CHECK, LongType, "as in touchpoints"),
              required(
                  VALID_FROM,
                  TimestampType,
                  "start of ownership; 1970-01-01 where nobody owned it before"),
              optional(
                  VALID_TO,
                  TimestampType,
                  "end of ownership, exclusive; null = open. More than one row only where a device"
                      + " is shared"),
              required(CUSTOMER_ID, StringType, "the customer whose they are"),
              optional(ASSIGNED_BY, StringType, "graph or ownership"))
          .keyedBy(SET_ID, SET_CHECK, VALID_FROM);

  private SetOwners() {}
}
