package io.itinera.core.table;

/** How a journey ended, if it did: column {@code outcome} of {@link Journeys}. */
public enum JourneyOutcome implements TableWord {
  /** It has not: its silence was not over when the night ended. */
  OPEN,

  /** With a conversion. */
  CONVERTED,

  /** With a silence longer than the gap. */
  ABANDONED
}
