package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** One row per raw file ever read, with the account of its records. */
public final class LoadedFiles {

  public static final String SOURCE = "source";
  public static final String PATH = "path";
  public static final String SIZE_BYTES = "size_bytes";
  public static final String MODIFIED_AT = "modified_at";
  public static final String RECORDS_READ = "records_read";
  public static final String RECORDS_ACCEPTED = "records_accepted";
  public static final String RECORDS_DUPLICATE = "records_duplicate";
  public static final String RECORDS_REJECTED = "records_rejected";
  public static final String RUN_ID = "run_id";
  public static final String LOADED_AT = "loaded_at";
  public static final String SETTINGS = "settings";

  public static final Table TABLE =
      Table.of(
              "loaded_files",
              "One row per raw file ever read, with the account of its records.",
              required(SOURCE, StringType, "name of the configured source"),
              required(PATH, StringType, "the file as listed in the landing folder"),
              optional(SIZE_BYTES, LongType, "size when it was read"),
              optional(MODIFIED_AT, TimestampType, "modification time when it was read"),
              optional(
                  RECORDS_READ, LongType, "records in the file: accepted + duplicate + rejected"),
              optional(
                  RECORDS_ACCEPTED,
                  LongType,
                  "records that became, or changed, a touchpoint or a profile"),
              optional(
                  RECORDS_DUPLICATE,
                  LongType,
                  "records already known with the same or a winning content"),
              optional(
                  RECORDS_REJECTED, LongType, "records in rejected_records, whatever the reason"),
              optional(RUN_ID, StringType, "the run that read it"),
              optional(LOADED_AT, TimestampType, "when it was read (wall clock)"),
              optional(
                  SETTINGS, StringType, "fingerprint in source_settings of what it was read under"))
          .keyedBy(SOURCE, PATH);

  private LoadedFiles() {}
}
