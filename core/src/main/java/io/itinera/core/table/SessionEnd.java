package io.itinera.core.table;

/** Why a session ended, if it did: column {@code end_reason} of {@link Sessions}. */
public enum SessionEnd implements TableWord {
  /** It has not: its silence was not over when the night ended. */
  OPEN,

  /** A silence longer than the timeout followed. */
  TIMEOUT,

  /** Midnight of the configured zone came before its silence was over. */
  MIDNIGHT,

  /** The next touchpoint comes from another campaign or marketing channel. */
  CAMPAIGN,

  /** It was as long as sessions may be. */
  MAX_DURATION,

  /** It had as many touchpoints as sessions may have, as a whole or in their first time. */
  MAX_TOUCHPOINTS,

  /** The configured predicate over touchpoints holds for the next one. */
  PREDICATE,

  /** The vendor, or a receipt, says what belongs to it; silence does not matter. */
  SOURCE_SESSION
}
