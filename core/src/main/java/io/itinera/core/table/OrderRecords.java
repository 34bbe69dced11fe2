package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** The purchases of sources whose orders count once: tells which of an order's is the first. */
public final class OrderRecords {

  public static final String SOURCE = "source";
  public static final String ORDER_ID = "order_id";
  public static final String TOUCHPOINT_ID = "touchpoint_id";
  public static final String EVENT_DATE = "event_date";
  public static final String OCCURRED_AT = "occurred_at";
  public static final String SEQUENCE = "sequence";
  public static final String IS_MACHINE = "is_machine";
  public static final String REPEATS_TOUCHPOINT_ID = "repeats_touchpoint_id";

  public static final Table TABLE =
      Table.of(
              "order_records",
              "The purchases of sources whose orders count once: tells which of an order's is the"
                  + " first.",
              optional(SOURCE, StringType, "name of the configured source"),
              optional(ORDER_ID, StringType, "the order, as in touchpoints"),
              required(TOUCHPOINT_ID, StringType, "a purchase of the order"),
              optional(EVENT_DATE, DateType, "day under which it is stored"),
              optional(OCCURRED_AT, TimestampType, "when it happened (UTC instant)"),
              optional(SEQUENCE, LongType, "orders touchpoints of one instant"),
              optional(IS_MACHINE, BooleanType, "whether it is left out as a machine's"),
              optional(
                  REPEATS_TOUCHPOINT_ID,
                  StringType,
                  "the purchase that counts, if it is an earlier one; as in touchpoints"))
          .keyedBy(TOUCHPOINT_ID)
          .partitionedBy(EVENT_DATE);

  private OrderRecords() {}
}
