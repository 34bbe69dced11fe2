package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Which identifier is whose. */
public final class Identities {

  public static final String TYPE = "type";
  public static final String VALUE = "value";
  public static final String CUSTOMER_ID = "customer_id";
  public static final String VALID_FROM = "valid_from";
  public static final String VALID_TO = "valid_to";
  public static final String ASSIGNED_BY = "assigned_by";
  public static final String FIRST_SEEN_AT = "first_seen_at";
  public static final String LAST_SEEN_AT = "last_seen_at";
  public static final String IS_ANCHOR = "is_anchor";
  public static final String COMPONENT_ID = "component_id";

  /** Value of {@link #ASSIGNED_BY}: what evidence connects. */
  public static final String BY_GRAPH = "graph";

  /** Value of {@link #ASSIGNED_BY}: who was signed in on a shared device. */
  public static final String BY_OWNERSHIP = "ownership";

  public static final Table TABLE =
      Table.of(
              "identities",
              "Which identifier is whose.",
              required(TYPE, StringType, "identifier type: email, phone, cookie …"),
              required(VALUE, StringType, "normalised value"),
              optional(CUSTOMER_ID, StringType, "the customer it belongs to"),
              required(
                  VALID_FROM,
                  TimestampType,
                  "start of ownership: when it was first seen, 1970-01-01 when unknown, and in the"
                      + " first row of a device that changes hands"),
              optional(VALID_TO, TimestampType, "end of ownership, exclusive; null = open"),
              optional(
                  ASSIGNED_BY,
                  StringType,
                  "graph, or ownership where a device changes hands: then it has one row for each"
                      + " time in which it is one customer's"),
              optional(
                  FIRST_SEEN_AT,
                  TimestampType,
                  "earliest record that named it; null when no record has a date"),
              optional(LAST_SEEN_AT, TimestampType, "latest record that named it"),
              optional(IS_ANCHOR, BooleanType, "the customer's id is derived from this identifier"),
              optional(
                  COMPONENT_ID,
                  LongType,
                  "everything that evidence connects, used or not: the unit that a night"
                      + " recomputes"))
          .keyedBy(TYPE, VALUE, VALID_FROM);

  private Identities() {}
}
