package io.itinera.jobs.lake;

/** A table has taken a commit of a run that holds the warehouse by now. */
final class LostWarehouseException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LostWarehouseException(String table, Throwable cause) {
    super(
        "Table %s has not taken what was written into it: it bears the number of a later run."
            .formatted(table),
        cause);
  }
}
