package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What journeys keep to, and how many newer ones do not. */
public final class ProcessConstraints {

  /** Stands for the second step where there is none. */
  public static final String NO_STEP = "(none)";

  public static final String AS_OF = "as_of";
  public static final String TEMPLATE = "template";
  public static final String FIRST_STEP = "first_step";
  public static final String SECOND_STEP = "second_step";
  public static final String TRAINED_ON = "trained_on";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String HELD_COUNT = "held_count";
  public static final String SUPPORT = "support";
  public static final String CONFIDENCE = "confidence";
  public static final String CHECKED_COUNT = "checked_count";
  public static final String VIOLATIONS_COUNT = "violations_count";
  public static final String VIOLATIONS_SHARE = "violations_share";
  public static final String NIGHT_CHECKED_COUNT = "night_checked_count";
  public static final String NIGHT_VIOLATIONS_COUNT = "night_violations_count";

  public static final Table TABLE =
      Table.of(
              "process_constraints",
              "What journeys kept to when they were looked at last, and how many newer ones do"
                  + " not.",
              required(AS_OF, DateType, "night of the computation"),
              required(
                  TEMPLATE,
                  StringType,
                  "init, existence, absence, exactly_once, at_most_once, response, precedence,"
                      + " succession or not_succession (docs/paths.md)"),
              required(FIRST_STEP, StringType, "the step that it is about"),
              required(SECOND_STEP, StringType, "the other; (none) for templates of one step"),
              optional(TRAINED_ON, DateType, "journeys that were over by then are those it is of"),
              optional(JOURNEYS_COUNT, LongType, "those of them that it says something about"),
              optional(HELD_COUNT, LongType, "those of these that keep to it"),
              optional(SUPPORT, DoubleType, "held_count ÷ all journeys that were over by then"),
              optional(CONFIDENCE, DoubleType, "held_count ÷ journeys_count"),
              optional(
                  CHECKED_COUNT,
                  LongType,
                  "journeys that were over since and that it says something about"),
              optional(VIOLATIONS_COUNT, LongType, "those of them that do not keep to it"),
              optional(VIOLATIONS_SHARE, DoubleType, "violations_count ÷ checked_count"),
              optional(NIGHT_CHECKED_COUNT, LongType, "checked_count of this night alone"),
              optional(NIGHT_VIOLATIONS_COUNT, LongType, "violations_count of this night alone"))
          .keyedBy(AS_OF, TEMPLATE, FIRST_STEP, SECOND_STEP)
          .partitionedBy(AS_OF);

  private ProcessConstraints() {}
}
