package io.itinera.core.table;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** What became of personas from one training to the next. */
public final class PersonaChanges {

  public static final String AS_OF = "as_of";
  public static final String PERSONA_ID = "persona_id";
  public static final String CHANGE = "change";
  public static final String DETAIL = "detail";

  public static final Table TABLE =
      Table.of(
              "persona_changes",
              "What became of personas from one training to the next.",
              required(AS_OF, DateType, "day of the later training"),
              required(PERSONA_ID, StringType, "the persona; of the earlier one if it is gone"),
              required(
                  CHANGE,
                  StringType,
                  "appeared, vanished, split (into several), merged (of several), renamed,"
                      + " drifted"),
              optional(DETAIL, StringType, "the same in a sentence, with names and shares"))
          .keyedBy(AS_OF, PERSONA_ID, CHANGE)
          .partitionedBy(AS_OF);

  private PersonaChanges() {}
}
