package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;

/** How many customers came, stayed, came back and went, week by week. */
public final class LifecycleWeeks {

  public static final String AS_OF = "as_of";
  public static final String WEEK_ON = "week_on";
  public static final String ACTIVE_COUNT = "active_count";
  public static final String NEW_COUNT = "new_count";
  public static final String RETURNING_COUNT = "returning_count";
  public static final String RESURRECTED_COUNT = "resurrected_count";
  public static final String DORMANT_COUNT = "dormant_count";
  public static final String DAILY_ACTIVE_MEAN = "daily_active_mean";
  public static final String ACTIVE_28_DAYS_COUNT = "active_28_days_count";
  public static final String STICKINESS = "stickiness";

  public static final Table TABLE =
      Table.of(
              "lifecycle_weeks",
              "How many customers came, stayed, came back and went, week by week.",
              required(AS_OF, DateType, "the night; nothing later counts"),
              required(WEEK_ON, DateType, "Monday of a week that was over by as_of"),
              optional(ACTIVE_COUNT, LongType, "customers with a touchpoint in the week"),
              optional(NEW_COUNT, LongType, "those of them who were never seen before"),
              optional(RETURNING_COUNT, LongType, "those who were active the week before, too"),
              optional(RESURRECTED_COUNT, LongType, "those who were seen before, but not then"),
              optional(DORMANT_COUNT, LongType, "active the week before, not in this one"),
              optional(DAILY_ACTIVE_MEAN, DoubleType, "active customers per day of the week, mean"),
              optional(
                  ACTIVE_28_DAYS_COUNT,
                  LongType,
                  "customers active in the four weeks that end with this one"),
              optional(
                  STICKINESS,
                  DoubleType,
                  "daily_active_mean as a share of active_28_days_count; null if that is 0"))
          .keyedBy(AS_OF, WEEK_ON)
          .partitionedBy(AS_OF);

  private LifecycleWeeks() {}
}
