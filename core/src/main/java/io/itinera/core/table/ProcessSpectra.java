package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How fast journeys went from one step right to the next, by when they set out. */
public final class ProcessSpectra {

  public static final String AS_OF = "as_of";
  public static final String FROM_STEP = "from_step";
  public static final String TO_STEP = "to_step";
  public static final String BIN_ON = "bin_on";
  public static final String ENTERED_COUNT = "entered_count";
  public static final String FASTEST_COUNT = "fastest_count";
  public static final String FAST_COUNT = "fast_count";
  public static final String SLOW_COUNT = "slow_count";
  public static final String SLOWEST_COUNT = "slowest_count";
  public static final String MEDIAN_SECONDS = "median_seconds";
  public static final String Q1_SECONDS = "q1_seconds";
  public static final String Q2_SECONDS = "q2_seconds";
  public static final String Q3_SECONDS = "q3_seconds";

  public static final Table TABLE =
      Table.of(
              "process_spectra",
              "Performance spectrum: how fast journeys went from one step right to the next, by"
                  + " when they set out.",
              required(AS_OF, DateType, "night of the computation"),
              required(FROM_STEP, StringType, "a step"),
              required(TO_STEP, StringType, "the step right behind it"),
              required(
                  BIN_ON,
                  DateType,
                  "first of the days (itinera.process.bin of them, in itinera.time-zone) on which"
                      + " from_step began"),
              optional(
                  ENTERED_COUNT, LongType, "how often to_step followed on a from_step of these"),
              optional(FASTEST_COUNT, LongType, "those of them that took q1_seconds at most"),
              optional(FAST_COUNT, LongType, "those that took longer, up to q2_seconds"),
              optional(SLOW_COUNT, LongType, "those that took longer, up to q3_seconds"),
              optional(SLOWEST_COUNT, LongType, "those that took longer than q3_seconds"),
              optional(MEDIAN_SECONDS, DoubleType, "median time between the two, of these days"),
              optional(Q1_SECONDS, DoubleType, "quartile of that time, of all days of the window"),
              optional(Q2_SECONDS, DoubleType, "its median, of all days of the window"),
              optional(Q3_SECONDS, DoubleType, "its third quartile, of all days of the window"))
          .keyedBy(AS_OF, FROM_STEP, TO_STEP, BIN_ON)
          .partitionedBy(AS_OF);

  private ProcessSpectra() {}
}
