package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.ColumnTypes.STRINGS;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Why two identifiers belong together. */
public final class IdentityEdges {

  public static final String LEFT_TYPE = "left_type";
  public static final String LEFT_VALUE = "left_value";
  public static final String RIGHT_TYPE = "right_type";
  public static final String RIGHT_VALUE = "right_value";
  public static final String RULE = "rule";
  public static final String OBSERVATIONS = "observations";
  public static final String FIRST_SEEN_AT = "first_seen_at";
  public static final String LAST_SEEN_AT = "last_seen_at";
  public static final String SOURCES = "sources";
  public static final String PROBABILITY = "probability";
  public static final String WEIGHTS = "weights";
  public static final String STATUS = "status";
  public static final String STATUS_REASON = "status_reason";
  public static final String FIRST_SOURCE = "first_source";
  public static final String FIRST_SET_ID = "first_set_id";

  public static final Table TABLE =
      Table.of(
              "identity_edges",
              "Why two identifiers belong together.",
              required(LEFT_TYPE, StringType, "type of the smaller identifier"),
              required(LEFT_VALUE, StringType, "value of the smaller identifier"),
              required(RIGHT_TYPE, StringType, "type of the greater identifier"),
              required(RIGHT_VALUE, StringType, "value of the greater identifier"),
              optional(RULE, StringType, "co-occurrence, probabilistic or manual"),
              optional(OBSERVATIONS, LongType, "records that named both"),
              optional(FIRST_SEEN_AT, TimestampType, "earliest record that named both"),
              optional(LAST_SEEN_AT, TimestampType, "latest record that named both"),
              optional(SOURCES, STRINGS, "sources that named both, sorted"),
              optional(PROBABILITY, DoubleType, "1.0 for a deterministic edge"),
              optional(
                  WEIGHTS,
                  DOUBLE_MAP,
                  "of a probabilistic edge what it is made of, in bits, as in profile_matches"),
              optional(STATUS, StringType, "used, review, conflict, denied or over-limit"),
              optional(STATUS_REASON, StringType, "why it is not used, else null"),
              optional(FIRST_SOURCE, StringType, "source of the earliest record that named both"),
              optional(
                  FIRST_SET_ID,
                  LongType,
                  "set_id of that record, by which it is found in touchpoints and evidence"))
          .keyedBy(LEFT_TYPE, LEFT_VALUE, RIGHT_TYPE, RIGHT_VALUE);

  private IdentityEdges() {}
}
