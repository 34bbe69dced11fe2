package io.itinera.core.table;

import static io.itinera.core.table.ColumnTypes.STRING_MAP;
import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.StringType;

/**
 * What the rows of each source were made with. {@code loaded_files} says for each file which of
 * these it was loaded under.
 */
public final class SourceSettings {

  /** In place of a source: what holds for customers of all sources. */
  public static final String WHOLE = "(all)";

  public static final String SOURCE = "source";
  public static final String FINGERPRINT = "fingerprint";
  public static final String SETTINGS = "settings";
  public static final String RUN_ID = "run_id";
  public static final String REPLACED_BY = "replaced_by";

  public static final Table TABLE =
      Table.of(
              "source_settings",
              "What the rows of each source were made with.",
              required(
                  SOURCE,
                  StringType,
                  "name of the configured source; (all) for what is no source's"),
              required(FINGERPRINT, StringType, "hash of the settings"),
              optional(
                  SETTINGS,
                  STRING_MAP,
                  "name of each setting to its value, or to a hash where it is long or secret"),
              optional(RUN_ID, StringType, "the run that first loaded something under them"),
              optional(
                  REPLACED_BY,
                  StringType,
                  "fingerprint under which all files that were still there were read anew; null"
                      + " while none was"))
          .keyedBy(SOURCE, FINGERPRINT);

  private SourceSettings() {}
}
