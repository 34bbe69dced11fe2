package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What was checked before publication. */
public final class QualityChecks {

  public static final String RUN_ID = "run_id";
  public static final String TABLE_NAME = "table_name";
  public static final String CHECK = "check";
  public static final String PASSED = "passed";
  public static final String OBSERVED = "observed";
  public static final String EXPECTED = "expected";
  public static final String SEVERITY = "severity";

  public static final Table TABLE =
      Table.of(
          "quality_checks",
          "What was checked before publication.",
          optional(RUN_ID, StringType, "the run"),
          optional(TABLE_NAME, StringType, "the table"),
          optional(CHECK, StringType, "what was checked"),
          optional(PASSED, BooleanType, "the outcome"),
          optional(OBSERVED, StringType, "what was found"),
          optional(EXPECTED, StringType, "what was expected"),
          optional(SEVERITY, StringType, "error stops publication, warning does not"));

  private QualityChecks() {}
}
