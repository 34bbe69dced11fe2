package io.itinera.core.table;

/** What became of a customer: column {@code change} of {@link CustomerChanges}. */
public enum CustomerFate implements TableWord {
  /** Nobody had these identifiers before. */
  CREATED,

  /** All went over to another customer. */
  MERGED,

  /** Some went over to another customer, and some stayed. */
  SPLIT,

  /** No evidence names it any more. */
  ERASED
}
