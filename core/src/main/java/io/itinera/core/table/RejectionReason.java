package io.itinera.core.table;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a record became nothing: column {@code reason} of {@link RejectedRecords}. */
public enum RejectionReason implements TableWord {
  /** It breaks its format. */
  MALFORMED,

  /** Stands for all records of a file, or for those behind the point where it breaks. */
  UNREADABLE_FILE,

  /** It says no time. */
  MISSING_TIME,

  /** Its time cannot be read, or is before 1970. */
  BAD_TIME,

  /** Its time is later than its file was written. */
  FUTURE_TIME,

  /** It names nobody, and its source asks for a name. */
  NO_IDENTIFIER,

  /** It names somebody by more characters than an identifier has. */
  LONG_IDENTIFIER,

  /** It names more identifiers than a person has. */
  MANY_IDENTIFIERS,

  /** It does not say what happened. */
  MISSING_TYPE,

  /** A number cannot be read, or lies beyond what is possible. */
  BAD_NUMBER,

  /** There is no exchange rate for its currency. */
  UNKNOWN_CURRENCY,

  /** It has no id, and its source says that it has one. */
  MISSING_ID,

  /** The conditions of its source leave it out: nothing is wrong with it. */
  FILTERED;

  /**
   * The reason that tables call {@code text}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static RejectionReason of(String text) {
    return Arrays.stream(values())
        .filter(reason -> reason.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no reason " + text));
  }

  /** All reasons as tables call them, for a person to read. */
  static String all() {
    return Arrays.stream(values()).map(TableWord::text).collect(Collectors.joining(", "));
  }
}
