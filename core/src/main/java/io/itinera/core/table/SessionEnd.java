package io.itinera.core.table;

/** Why a session ended, if it did: column {@code end_reason} of {@link Sessions}. */
public enum SessionEnd implements TableWord {
  /** It has not: its silence was not over when the night ended. */
  OPEN,

  /** A silence longer than the timeout followed. */
  TIMEOUT,

  /** The vendor, or a receipt, says what belongs to it; silence does not matter. */
  SOURCE_SESSION
}
