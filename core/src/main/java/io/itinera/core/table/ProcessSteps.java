package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Steps of journeys: how often, how often again, and how many at once. */
public final class ProcessSteps {

  public static final String AS_OF = "as_of";
  public static final String STEP = "step";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String JOURNEYS_SHARE = "journeys_share";
  public static final String EVENTS_COUNT = "events_count";
  public static final String REPEATING_COUNT = "repeating_count";
  public static final String REPEATS_COUNT = "repeats_count";
  public static final String LOOPS_COUNT = "loops_count";
  public static final String LEAST_SELF_DISTANCE = "least_self_distance";
  public static final String MEAN_SELF_DISTANCE = "mean_self_distance";
  public static final String STARTS_COUNT = "starts_count";
  public static final String BATCHES_COUNT = "batches_count";
  public static final String BATCHED_COUNT = "batched_count";
  public static final String BATCHED_SHARE = "batched_share";
  public static final String MEAN_BATCH_SIZE = "mean_batch_size";
  public static final String LARGEST_BATCH = "largest_batch";
  public static final String LONGEST_BATCH_SECONDS = "longest_batch_seconds";

  public static final Table TABLE =
      Table.of(
              "process_steps",
              "Steps of journeys: how often, how often again, and how many journeys at once.",
              required(AS_OF, DateType, "night of the computation"),
              required(STEP, StringType, "the step"),
              optional(JOURNEYS_COUNT, LongType, "journeys that have it"),
              optional(JOURNEYS_SHARE, DoubleType, "their share of the journeys that have steps"),
              optional(EVENTS_COUNT, LongType, "how often it comes in them"),
              optional(REPEATING_COUNT, LongType, "journeys in which it comes more than once"),
              optional(REPEATS_COUNT, LongType, "how often it comes again in its journey"),
              optional(LOOPS_COUNT, LongType, "how many of these come right behind it"),
              optional(
                  LEAST_SELF_DISTANCE,
                  LongType,
                  "fewest other steps between it and its next time in a journey; null where it"
                      + " comes once at most"),
              optional(MEAN_SELF_DISTANCE, DoubleType, "the mean of that"),
              optional(
                  STARTS_COUNT,
                  LongType,
                  "how often a journey came to it, once where it came again within"
                      + " itinera.process.batches.gap"),
              optional(
                  BATCHES_COUNT,
                  LongType,
                  "batches: starts of which each follows the one before within"
                      + " itinera.process.batches.gap, at least itinera.process.batches.least of"
                      + " them"),
              optional(BATCHED_COUNT, LongType, "starts that are in a batch"),
              optional(BATCHED_SHARE, DoubleType, "batched_count ÷ starts_count"),
              optional(MEAN_BATCH_SIZE, DoubleType, "starts of a batch; null without any"),
              optional(LARGEST_BATCH, LongType, "starts of the largest batch; 0 without any"),
              optional(
                  LONGEST_BATCH_SECONDS,
                  LongType,
                  "the longest time from the first to the last start of a batch: where that is"
                      + " days, the step is busy rather than done in batches; null without any"))
          .keyedBy(AS_OF, STEP)
          .partitionedBy(AS_OF);

  private ProcessSteps() {}
}
