package io.itinera.core.persona;

import io.itinera.core.rule.CalendarDays;
import java.time.LocalDate;

/**
 * When personas are found anew; on all other nights customers are only assigned.
 *
 * <p>Trainings are on days of the calendar, counted from a Sunday long ago: which training a night
 * uses depends on its day and the data alone, not on the nights before it.
 *
 * @param everyDays days from one training to the next
 * @param drift so many standard deviations per feature (in quadratic mean) may a persona's
 *     customers be away from where they were at the training; beyond, the night trains anew
 */
public record Retraining(int everyDays, double drift) {

  /** Every night finds its own personas. */
  public static final Retraining NIGHTLY = new Retraining(1, 0.25);

  /** The last day of the calendar, up to {@code asOf}, on which personas are found. */
  public LocalDate trainedAt(LocalDate asOf) {
    return new CalendarDays(everyDays).lastUpTo(asOf);
  }
}
