package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * Touchpoints that their source has withdrawn, so that a late delivery does not bring them back.
 */
public final class Tombstones {

  public static final String TOUCHPOINT_ID = "touchpoint_id";
  public static final String RECORD_ID = "record_id";
  public static final String SOURCE = "source";
  public static final String SEQUENCE = "sequence";
  public static final String RECORD_VERSION = "record_version";
  public static final String RECORD_HASH = "record_hash";
  public static final String LOADED_RUN_ID = "loaded_run_id";

  public static final Table TABLE =
      Table.of(
              "tombstones",
              "Touchpoints that their source has withdrawn, so that a late delivery does not bring"
                  + " them back.",
              Origin.after(
                  required(TOUCHPOINT_ID, StringType, "the withdrawn touchpoint"),
                  optional(RECORD_ID, StringType, "its record's own id in its source"),
                  optional(SOURCE, StringType, "its source"),
                  optional(
                      SEQUENCE,
                      LongType,
                      "smallest place that any delivery gave it, for the case that it comes back"),
                  optional(
                      RECORD_VERSION,
                      TimestampType,
                      "when it was withdrawn; null, and for good, where the source does not say"),
                  optional(RECORD_HASH, LongType, "64-bit hash of the record that withdraws it"),
                  optional(LOADED_RUN_ID, StringType, "the run that loaded it")))
          .keyedBy(TOUCHPOINT_ID);

  private Tombstones() {}
}
