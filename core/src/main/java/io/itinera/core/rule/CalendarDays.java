package io.itinera.core.rule;

import java.time.LocalDate;

/**
 * Days of the calendar, so many apart, on which something is done that not every night does. Which
 * of them a night is behind depends on its own day alone, not on the nights that ran.
 *
 * @param everyDays days from one to the next, counted from a Sunday long ago
 */
public record CalendarDays(int everyDays) {

  private static final LocalDate A_SUNDAY = LocalDate.of(1970, 1, 4);

  /** The last of them up to {@code asOf}. */
  public LocalDate lastUpTo(LocalDate asOf) {
    long since = asOf.toEpochDay() - A_SUNDAY.toEpochDay();
    return asOf.minusDays(Math.floorMod(since, everyDays));
  }
}
