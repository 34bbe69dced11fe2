package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.LONG_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** One row per stage of a run, with what it had seen. */
public final class RunStages {

  public static final String RUN_ID = "run_id";
  public static final String STAGE = "stage";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String STATUS = "status";
  public static final String SECONDS = "seconds";
  public static final String ROWS_READ = "rows_read";
  public static final String ROWS_WRITTEN = "rows_written";
  public static final String INPUTS = "inputs";
  public static final String OUTPUTS = "outputs";
  public static final String ERROR = "error";
  public static final String AS_OF = "as_of";
  public static final String RULES_HASH = "rules_hash";
  public static final String CPU_SECONDS = "cpu_seconds";
  public static final String BASIS = "basis";
  public static final String BYTES_READ = "bytes_read";

  public static final Table TABLE =
      Table.of(
              "run_stages",
              "One row per stage of a run, with what it had seen.",
              required(RUN_ID, StringType, "the run"),
              required(
                  STAGE,
                  StringType,
                  "ingest, stitch, sessionize, journeys, customers, rfm, personas, paths"),
              optional(STARTED_AT, TimestampType, "wall clock"),
              optional(ENDED_AT, TimestampType, "wall clock"),
              optional(STATUS, StringType, "succeeded, skipped or failed"),
              optional(SECONDS, DoubleType, "wall clock seconds"),
              optional(
                  ROWS_READ, LongType, "rows that came out of the scans of tables and raw files"),
              optional(ROWS_WRITTEN, LongType, "rows written into tables"),
              optional(INPUTS, LONG_MAP, "table to the Delta version that the stage has seen"),
              optional(OUTPUTS, LONG_MAP, "table to its Delta version after the stage"),
              optional(ERROR, StringType, "what went wrong"),
              optional(AS_OF, DateType, "night of the stage"),
              optional(
                  RULES_HASH,
                  StringType,
                  "hash of the settings that the stage used, its inputs' included"),
              optional(CPU_SECONDS, DoubleType, "executor CPU seconds"),
              optional(BASIS, StringType, "the run in which the stage last looked at everyone"),
              optional(
                  BYTES_READ,
                  LongType,
                  "bytes of the columns that scans of tables read, and of raw files"))
          .keyedBy(RUN_ID, STAGE);

  private RunStages() {}
}
