package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Distinct paths with what they led to. */
public final class PathVariants {

  public static final String AS_OF = "as_of";
  public static final String PATH_TEXT = "path_text";
  public static final String PATH = "path";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String CONVERSIONS_COUNT = "conversions_count";
  public static final String CLOSED_COUNT = "closed_count";
  public static final String CONVERSION_RATE = "conversion_rate";
  public static final String REVENUE = "revenue";
  public static final String MEDIAN_DAYS = "median_days";

  public static final Table TABLE =
      Table.of(
              "path_variants",
              "Distinct paths with what they led to.",
              required(AS_OF, DateType, "night of the computation"),
              required(PATH_TEXT, StringType, "the steps joined by ' > '"),
              optional(PATH, STRINGS, "the steps"),
              optional(JOURNEYS_COUNT, LongType, "journeys that took exactly this path"),
              optional(CONVERSIONS_COUNT, LongType, "how many of them converted"),
              optional(
                  CONVERSION_RATE,
                  DoubleType,
                  "conversions_count ÷ closed_count: of journeys that have ended; null where all"
                      + " are open"),
              optional(REVENUE, MONEY, "revenue of those journeys"),
              optional(
                  MEDIAN_DAYS,
                  DoubleType,
                  "median days to convert of the converted ones; null without"),
              optional(
                  CLOSED_COUNT,
                  LongType,
                  "how many of them have ended: converted or abandoned, not open"))
          .keyedBy(AS_OF, PATH_TEXT)
          .partitionedBy(AS_OF);

  private PathVariants() {}
}
