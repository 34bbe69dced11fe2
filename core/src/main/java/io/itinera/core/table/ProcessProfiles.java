package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How long it takes from one step to another at any later time, and whether it still does. */
public final class ProcessProfiles {

  public static final String AS_OF = "as_of";
  public static final String FROM_STEP = "from_step";
  public static final String TO_STEP = "to_step";
  public static final String TRAINED_ON = "trained_on";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String FOLLOWS_SHARE = "follows_share";
  public static final String MEAN_SECONDS = "mean_seconds";
  public static final String DEVIATION_SECONDS = "deviation_seconds";
  public static final String LEAST_SECONDS = "least_seconds";
  public static final String MOST_SECONDS = "most_seconds";
  public static final String CHECKED_COUNT = "checked_count";
  public static final String DEVIATING_COUNT = "deviating_count";
  public static final String DEVIATING_SHARE = "deviating_share";
  public static final String NIGHT_CHECKED_COUNT = "night_checked_count";
  public static final String NIGHT_DEVIATING_COUNT = "night_deviating_count";

  public static final Table TABLE =
      Table.of(
              "process_profiles",
              "Temporal profile: how long it takes from a step to another at any later time, and"
                  + " how many newer journeys deviate from it.",
              required(AS_OF, DateType, "night of the computation"),
              required(FROM_STEP, StringType, "a step, at its first time in a journey"),
              required(TO_STEP, StringType, "another, or the same, at its next time after that"),
              optional(TRAINED_ON, DateType, "journeys that were over by then tell what is usual"),
              optional(JOURNEYS_COUNT, LongType, "those of them in which to_step came later"),
              optional(
                  FOLLOWS_SHARE,
                  DoubleType,
                  "their share of the journeys with from_step; null without any"),
              optional(MEAN_SECONDS, DoubleType, "mean time between the two; null without any"),
              optional(DEVIATION_SECONDS, DoubleType, "standard deviation of that time"),
              optional(LEAST_SECONDS, LongType, "the shortest"),
              optional(MOST_SECONDS, LongType, "the longest"),
              optional(
                  CHECKED_COUNT,
                  LongType,
                  "journeys that were over since and have the pair; null where fewer than"
                      + " itinera.process.least-journeys tell what is usual"),
              optional(
                  DEVIATING_COUNT,
                  LongType,
                  "those of them whose time differs from the mean by more than"
                      + " itinera.process.deviations standard deviations"),
              optional(DEVIATING_SHARE, DoubleType, "deviating_count ÷ checked_count"),
              optional(NIGHT_CHECKED_COUNT, LongType, "checked_count of this night alone"),
              optional(NIGHT_DEVIATING_COUNT, LongType, "deviating_count of this night alone"))
          .keyedBy(AS_OF, FROM_STEP, TO_STEP)
          .partitionedBy(AS_OF);

  private ProcessProfiles() {}
}
