package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Day of each touchpoint whose source may deliver it again under another day. */
public final class TouchpointDates {

  public static final String TOUCHPOINT_ID = "touchpoint_id";
  public static final String EVENT_DATE = "event_date";

  public static final Table TABLE =
      Table.of(
              "touchpoint_dates",
              "Day of each touchpoint whose source may deliver it again under another day.",
              required(TOUCHPOINT_ID, StringType, "as in touchpoints"),
              optional(EVENT_DATE, DateType, "day under which it is stored"))
          .keyedBy(TOUCHPOINT_ID);

  private TouchpointDates() {}
}
