package io.itinera.core.spark;

import org.apache.spark.sql.Row;

/**
 * The rows of one case, in their order, for {@link PackRows}. It is of use until the next case
 * comes.
 *
 * @param <K> what kinds of rows are taken for
 */
public interface RowsOfCase<K> {

  /** Of which case. */
  String id();

  /** How many; at least one. */
  int size();

  /** When the row at {@code place} was; the smallest number of all where nobody knows. */
  long micros(int place);

  /** The text that is part of its place in the order; null without one. */
  String id(int place);

  /** What it has in common with others. */
  K kind(int place);

  /** What it has of its own; null where it has nothing. */
  Row own(int place);
}
