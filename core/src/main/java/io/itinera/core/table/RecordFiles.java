package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/**
 * Which file holds which record. Asked only when a file is written anew: what it no longer holds
 * goes, unless another file holds it.
 */
public final class RecordFiles {

  public static final String SOURCE = "source";
  public static final String PATH = "path";
  public static final String RUN_ID = "run_id";
  public static final String KIND = "kind";
  public static final String OWNER = "owner";
  public static final String RECORD = "record";
  public static final String POSITION = "position";
  public static final String EVENT_DATE = "event_date";
  public static final String RECORD_RANK = "record_rank";
  public static final String RECORD_VERSION = "record_version";
  public static final String RECORD_HASH = "record_hash";
  public static final String FILE_DATE = "file_date";
  public static final String FILE_WRITTEN_AT = "file_written_at";

  public static final Table TABLE =
      Table.of(
          "record_files",
          "Which file holds which record, and by what it competes with other deliveries. Of a file"
              + " that was read more than once, the rows of its last run (as in loaded_files)"
              + " count.",
          required(SOURCE, StringType, "name of the configured source that read the file"),
          required(PATH, StringType, "the file as listed in the landing folder"),
          required(RUN_ID, StringType, "the run that read it"),
          required(
              KIND, StringType, "what the record brings: touchpoint, tombstone, profile, cost"),
          required(OWNER, StringType, "source of what it brings"),
          required(RECORD, StringType, "touchpoint_id, or record_id of the profile or cost"),
          required(POSITION, LongType, "ordinal of the record in its file, from 1"),
          optional(EVENT_DATE, DateType, "day of the touchpoint in itinera.time-zone"),
          optional(RECORD_RANK, LongType, "rank that the vendor gives the delivery"),
          optional(RECORD_VERSION, TimestampType, "version of the delivery"),
          optional(RECORD_HASH, LongType, "64-bit hash of the mapped content"),
          optional(FILE_DATE, DateType, "logical date of the file, from its name"),
          optional(FILE_WRITTEN_AT, TimestampType, "when the file was last written"));

  private RecordFiles() {}
}
