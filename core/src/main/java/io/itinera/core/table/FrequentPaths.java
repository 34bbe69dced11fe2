package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Sequential patterns of the journeys that converted, and of those that were abandoned. */
public final class FrequentPaths {

  public static final String AS_OF = "as_of";
  public static final String OUTCOME = "outcome";
  public static final String PATTERN = "pattern";
  public static final String PATTERN_TEXT = "pattern_text";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String SUPPORT = "support";
  public static final String LIFT = "lift";

  public static final Table TABLE =
      Table.of(
              "frequent_paths",
              "Steps that many journeys have in that order, with others between them or not.",
              required(AS_OF, DateType, "night of the computation"),
              required(OUTCOME, StringType, "converted or abandoned"),
              optional(PATTERN, STRINGS, "the steps"),
              required(PATTERN_TEXT, StringType, "the steps joined by ' > '"),
              optional(JOURNEYS_COUNT, LongType, "journeys of this outcome that have them"),
              optional(SUPPORT, DoubleType, "their share of the journeys of this outcome"),
              optional(
                  LIFT,
                  DoubleType,
                  "support ÷ the share of converted and abandoned journeys that have them"))
          .keyedBy(AS_OF, OUTCOME, PATTERN_TEXT)
          .partitionedBy(AS_OF);

  private FrequentPaths() {}
}
