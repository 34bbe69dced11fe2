package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * Every raw record that could not become a touchpoint or a profile, or that its source leaves out.
 */
public final class RejectedRecords {

  public static final String SOURCE = "source";
  public static final String PATH = "path";
  public static final String POSITION = "position";
  public static final String RECORD = "record";
  public static final String REASON = "reason";
  public static final String DETAIL = "detail";
  public static final String RUN_ID = "run_id";
  public static final String REJECTED_AT = "rejected_at";

  public static final Table TABLE =
      Table.of(
          "rejected_records",
          "Every raw record that could not become a touchpoint or a profile, or that its source"
              + " leaves out.",
          optional(SOURCE, StringType, "name of the configured source"),
          optional(PATH, StringType, "the file that held it"),
          optional(RECORD, StringType, "the raw text"),
          optional(REASON, StringType, "short code: " + RejectionReason.all()),
          optional(DETAIL, StringType, "a sentence for a person"),
          optional(RUN_ID, StringType, "the run that refused it"),
          optional(REJECTED_AT, TimestampType, "when (wall clock)"),
          optional(
              POSITION,
              LongType,
              "ordinal of the record in its file, from 1; where the source parts records by"
                  + " explode, that of the whole times 2^20, plus the place of the part"));

  private RejectedRecords() {}
}
