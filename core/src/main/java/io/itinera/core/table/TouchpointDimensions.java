package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** The values of dimensions that count at a touchpoint, set there or before. */
public final class TouchpointDimensions {

  public static final String TOUCHPOINT_ID = Touchpoints.TOUCHPOINT_ID;
  public static final String EVENT_DATE = Touchpoints.EVENT_DATE;
  public static final String CUSTOMER_ID = "customer_id";
  public static final String DIMENSION = "dimension";
  public static final String VALUES = "values";

  public static final Table TABLE =
      Table.of(
              "touchpoint_dimensions",
              "The values of dimensions that count at a touchpoint, set there or before; only of"
                  + " dimensions that itinera.persistence names.",
              required(TOUCHPOINT_ID, StringType, "the touchpoint"),
              required(EVENT_DATE, DateType, "its day in itinera.time-zone"),
              required(CUSTOMER_ID, StringType, "whose it is"),
              required(DIMENSION, StringType, "name of the dimension"),
              optional(
                  VALUES,
                  STRINGS,
                  "one, or with allocation = all each, in the order in which they were set"))
          .keyedBy(TOUCHPOINT_ID, DIMENSION)
          .partitionedBy(EVENT_DATE);

  private TouchpointDimensions() {}
}
