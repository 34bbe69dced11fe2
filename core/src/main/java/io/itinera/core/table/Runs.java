package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** One row per command that ran. */
public final class Runs {

  public static final String RUN_ID = "run_id";
  public static final String COMMAND = "command";
  public static final String AS_OF = "as_of";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String STATUS = "status";
  public static final String ERROR = "error";
  public static final String CONFIG_HASH = "config_hash";
  public static final String CODE_VERSION = "code_version";

  public static final Table TABLE =
      Table.of(
              "runs",
              "One row per command that ran.",
              required(RUN_ID, StringType, "unique, sorts by start"),
              optional(COMMAND, StringType, "the command line's command"),
              optional(AS_OF, DateType, "night it worked on"),
              optional(STARTED_AT, TimestampType, "wall clock"),
              optional(ENDED_AT, TimestampType, "wall clock; null while running"),
              optional(STATUS, StringType, "succeeded, failed or running"),
              optional(ERROR, StringType, "what went wrong"),
              optional(CONFIG_HASH, StringType, "hash of the resolved configuration"),
              optional(CODE_VERSION, StringType, "version of the application"))
          .keyedBy(RUN_ID);

  private Runs() {}
}
