package io.itinera.core.table;

import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/**
 * The session of each touchpoint. What takes part in no session, a machine's touchpoints and those
 * without identifiers, is not there.
 */
public final class TouchpointSessions {

  public static final String TOUCHPOINT_ID = "touchpoint_id";
  public static final String EVENT_DATE = "event_date";
  public static final String SESSION_ID = "session_id";

  public static final Table TABLE =
      Table.of(
              "touchpoint_sessions",
              "The session of each touchpoint that takes part in one.",
              required(TOUCHPOINT_ID, StringType, "as in touchpoints"),
              required(EVENT_DATE, DateType, "as in touchpoints"),
              required(SESSION_ID, StringType, "as in sessions"))
          .keyedBy(TOUCHPOINT_ID)
          .partitionedBy(EVENT_DATE);

  private TouchpointSessions() {}
}
