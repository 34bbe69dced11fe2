package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What customers did instead who left a funnel. */
public final class FunnelDrops {

  public static final String AS_OF = "as_of";
  public static final String FUNNEL = "funnel";
  public static final String STEP = "step";
  public static final String STEP_NAME = "step_name";
  public static final String NEXT_STEP = "next_step";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String SHARE = "share";

  public static final Table TABLE =
      Table.of(
              "funnel_drops",
              "What customers did right after the last step that they took of a funnel, which they"
                  + " then left.",
              required(AS_OF, DateType, "night of the computation"),
              required(FUNNEL, StringType, "as in funnels"),
              required(STEP, LongType, "the last step that they took, 1, 2, …"),
              optional(STEP_NAME, StringType, "its name"),
              required(NEXT_STEP, StringType, "channel:type of what came next; (exit) for nothing"),
              optional(CUSTOMERS_COUNT, LongType, "customers"),
              optional(SHARE, DoubleType, "of those who dropped there"))
          .keyedBy(AS_OF, FUNNEL, STEP, NEXT_STEP)
          .partitionedBy(AS_OF);

  private FunnelDrops() {}
}
