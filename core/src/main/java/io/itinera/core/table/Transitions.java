package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Directly-follows graph over journeys or sessions. */
public final class Transitions {

  public static final String AS_OF = "as_of";
  public static final String SEGMENT_TYPE = "segment_type";
  public static final String SEGMENT_VALUE = "segment_value";
  public static final String FROM_STEP = "from_step";
  public static final String TO_STEP = "to_step";
  public static final String TRANSITIONS_COUNT = "transitions_count";
  public static final String CUSTOMERS_COUNT = "customers_count";
  public static final String PROBABILITY = "probability";
  public static final String MEDIAN_SECONDS = "median_seconds";
  public static final String P90_SECONDS = "p90_seconds";

  public static final Table TABLE =
      Table.of(
              "transitions",
              "Directly-follows graph over journeys, or over sessions where"
                  + " itinera.paths.transitions-of says so.",
              required(AS_OF, DateType, "night of the computation"),
              required(SEGMENT_TYPE, StringType, "all, persona or rfm_segment"),
              required(SEGMENT_VALUE, StringType, "the segment; (all) for all"),
              required(FROM_STEP, StringType, "a step or (start)"),
              required(TO_STEP, StringType, "a step, (conversion) or (exit)"),
              optional(
                  TRANSITIONS_COUNT, LongType, "how often to_step followed from_step directly"),
              optional(CUSTOMERS_COUNT, LongType, "customers of whom it did"),
              optional(PROBABILITY, DoubleType, "of to_step given from_step"),
              optional(
                  MEDIAN_SECONDS,
                  DoubleType,
                  "median time between the two; null to and from the ends"),
              optional(P90_SECONDS, DoubleType, "90th percentile of that time"))
          .keyedBy(AS_OF, SEGMENT_TYPE, SEGMENT_VALUE, FROM_STEP, TO_STEP)
          .partitionedBy(AS_OF);

  private Transitions() {}
}
