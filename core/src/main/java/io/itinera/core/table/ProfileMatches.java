package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.DOUBLE_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** Profiles that look like one person's, and why. */
public final class ProfileMatches {

  public static final String LEFT_SOURCE = "left_source";
  public static final String LEFT_RECORD_ID = "left_record_id";
  public static final String RIGHT_SOURCE = "right_source";
  public static final String RIGHT_RECORD_ID = "right_record_id";
  public static final String LEFT_TYPE = "left_type";
  public static final String LEFT_VALUE = "left_value";
  public static final String RIGHT_TYPE = "right_type";
  public static final String RIGHT_VALUE = "right_value";
  public static final String PROBABILITY = "probability";
  public static final String WEIGHT = "weight";
  public static final String WEIGHTS = "weights";
  public static final String STATUS = "status";
  public static final String EVENT_DATE = "event_date";
  public static final String MODEL_VERSION = "model_version";
  public static final String COMPONENT = "component";
  public static final String COUNTS_AS_ONE = "counts_as_one";

  public static final Table TABLE =
      Table.of(
              "profile_matches",
              "Profiles that look like one person's though no identifier says so, and why.",
              required(LEFT_SOURCE, StringType, "source of the one"),
              required(LEFT_RECORD_ID, StringType, "its id there"),
              required(RIGHT_SOURCE, StringType, "source of the other"),
              required(RIGHT_RECORD_ID, StringType, "its id there"),
              optional(LEFT_TYPE, StringType, "type of the smaller of their identifiers"),
              optional(LEFT_VALUE, StringType, "its value"),
              optional(RIGHT_TYPE, StringType, "type of the larger of their identifiers"),
              optional(RIGHT_VALUE, StringType, "its value"),
              optional(PROBABILITY, DoubleType, "that they are one person's"),
              optional(WEIGHT, DoubleType, "the same in bits: 0 is an even chance"),
              optional(
                  WEIGHTS,
                  DOUBLE_MAP,
                  "what the weight is made of, in bits: each field that both have, (prior),"
                      + " (relatives), and (changed) with a group of fields"),
              optional(
                  STATUS,
                  StringType,
                  "used; review (would join two groups that do not look like one person);"
                      + " conflict (a person has one record of that source)"),
              optional(EVENT_DATE, DateType, "day from which on both profiles were there"),
              optional(MODEL_VERSION, StringType, "the model that weighed them"),
              optional(
                  COMPONENT,
                  LongType,
                  "smallest number of a profile (xxhash64 of source and record_id) among those that"
                      + " matches connect, used or not"),
              optional(
                  COUNTS_AS_ONE,
                  BooleanType,
                  "whether both identifiers are numbers that two sources gave one person, and count"
                      + " as one towards max-per-customer"))
          .keyedBy(LEFT_SOURCE, LEFT_RECORD_ID, RIGHT_SOURCE, RIGHT_RECORD_ID);

  private ProfileMatches() {}
}
