package io.itinera.core.table;

import java.util.Locale;

/**
 * A word of a vocabulary that a column holds: a constant of an enum, whose name it follows from.
 */
public interface TableWord {

  /** The constant's name. */
  String name();

  /** The word as tables hold it: {@code BAD_TIME} is {@code bad-time}. */
  default String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
