package io.itinera.core.table;

import java.util.List;

/** Rows do not have the columns that a table promises: a bug in the step that made them. */
public final class SchemaMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SchemaMismatchException(Table table, List<String> faults) {
    super(
        "Rows do not fit table %s: %s. Correct the step that makes them, or the table's contract."
            .formatted(table.name(), String.join("; ", faults)));
  }
}
