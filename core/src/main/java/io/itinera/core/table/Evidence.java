package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.IDENTIFIER_LIST;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * Compact record of who was seen on which day: one row per source, day and set of identifiers named
 * together.
 */
public final class Evidence {

  public static final String SOURCE = "source";
  public static final String KIND = "kind";
  public static final String EVENT_DATE = "event_date";
  public static final String SET_ID = "set_id";
  public static final String SET_CHECK = "set_check";
  public static final String IDENTIFIERS = "identifiers";
  public static final String OBSERVATIONS = "observations";
  public static final String FIRST_AT = "first_at";
  public static final String LAST_AT = "last_at";
  public static final String DIGEST = "digest";

  public static final Table TABLE =
      Table.of(
              "evidence",
              "Compact record of who was seen on which day: one row per source, day and set of"
                  + " identifiers named together.",
              required(SOURCE, StringType, "name of the configured source"),
              required(
                  KIND,
                  StringType,
                  "touchpoint, profile, or merge (records that a source has merged)"),
              required(
                  EVENT_DATE,
                  DateType,
                  "day in itinera.time-zone; for profiles the day they were made, 1970-01-01 when"
                      + " unknown"),
              required(SET_ID, LongType, "64-bit hash of identifiers"),
              required(SET_CHECK, LongType, "another hash of identifiers"),
              optional(
                  IDENTIFIERS,
                  IDENTIFIER_LIST,
                  "the identifiers that records named together, sorted"),
              optional(
                  OBSERVATIONS, LongType, "records with exactly these identifiers on that day"),
              optional(
                  FIRST_AT, TimestampType, "earliest of them; null for profiles without a date"),
              optional(LAST_AT, TimestampType, "latest of them; null for profiles without a date"),
              optional(
                  DIGEST,
                  LongType,
                  "order-independent hash of the records' ids and contents and the runs that stored"
                      + " them: differs when any of them changed"))
          .keyedBy(SOURCE, KIND, EVENT_DATE, SET_ID, SET_CHECK)
          .partitionedBy(EVENT_DATE, KIND);

  private Evidence() {}
}
