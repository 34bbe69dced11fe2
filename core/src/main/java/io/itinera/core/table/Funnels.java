package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How many customers took each step of a funnel. */
public final class Funnels {

  public static final String AS_OF = "as_of";
  public static final String FUNNEL = "funnel";
  public static final String SEGMENT_TYPE = "segment_type";
  public static final String SEGMENT_VALUE = "segment_value";
  public static final String STEP = "step";
  public static final String STEP_NAME = "step_name";
  public static final String ENTERED_COUNT = "entered_count";
  public static final String CONVERTED_TO_NEXT_COUNT = "converted_to_next_count";
  public static final String DROPPED_COUNT = "dropped_count";
  public static final String OPEN_COUNT = "open_count";
  public static final String CONVERSION_RATE = "conversion_rate";
  public static final String OVERALL_RATE = "overall_rate";
  public static final String MEDIAN_SECONDS_FROM_PREVIOUS = "median_seconds_from_previous";

  public static final Table TABLE =
      Table.of(
              "funnels",
              "How many customers took each step of a funnel, each once, by the attempt that came"
                  + " furthest.",
              required(AS_OF, DateType, "night of the computation"),
              required(FUNNEL, StringType, "name in itinera.funnels"),
              required(
                  SEGMENT_TYPE,
                  StringType,
                  "all, persona, rfm_segment, entry_month: the month of the first step, or segment:"
                      + " and the name of one in itinera.funnels.segments"),
              required(
                  SEGMENT_VALUE,
                  StringType,
                  "the segment; (all) for all; of a named one true, false or (unknown)"),
              required(STEP, LongType, "1, 2, … in the order of the funnel"),
              optional(STEP_NAME, StringType, "name of the step"),
              optional(
                  ENTERED_COUNT,
                  LongType,
                  "customers who took it; all who did went on, dropped, or are open, but for the"
                      + " last step"),
              optional(
                  CONVERTED_TO_NEXT_COUNT,
                  LongType,
                  "those of them who took the next step that is not optional"),
              optional(DROPPED_COUNT, LongType, "those whose attempt is over without it"),
              optional(OPEN_COUNT, LongType, "those whose attempt can still go on"),
              optional(
                  CONVERSION_RATE,
                  DoubleType,
                  "share that took it of those who took the step before that is not optional, among"
                      + " customers whose window is over; null for the first, and without any"),
              optional(
                  OVERALL_RATE,
                  DoubleType,
                  "share that took it of those who took the first step, among the same customers"),
              optional(
                  MEDIAN_SECONDS_FROM_PREVIOUS,
                  DoubleType,
                  "median time from the step before that is not optional"))
          .keyedBy(AS_OF, FUNNEL, SEGMENT_TYPE, SEGMENT_VALUE, STEP)
          .partitionedBy(AS_OF);

  private Funnels() {}
}
