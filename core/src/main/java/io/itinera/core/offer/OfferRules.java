package io.itinera.core.offer;

import io.itinera.core.rule.CalendarDays;
import java.io.Serializable;
import java.time.LocalDate;

/**
 * What may be offered next.
 *
 * @param everyDays days of the calendar from one time to the next that this is asked; counted from
 *     a Sunday
 * @param windowDays purchases of so many days up to as_of count
 * @param holdOutDays so many of them are held back to judge offers by
 * @param offers so many products are offered to a customer; 0: none, nothing is computed
 * @param leastTogether two products go together if at least so many customers bought both
 * @param leastJudged so many customers at least must have bought something new in the days held
 *     back
 */
public record OfferRules(
    int everyDays, int windowDays, int holdOutDays, int offers, int leastTogether, int leastJudged)
    implements Serializable {

  public OfferRules {
    if (holdOutDays >= windowDays) {
      throw new IllegalArgumentException(
          "hold-out must be shorter than window (%d days), was %d"
              .formatted(windowDays, holdOutDays));
    }
  }

  /** Whether nothing is offered. */
  public boolean areNone() {
    return offers == 0;
  }

  /** The last day of the calendar, up to {@code asOf}, on which this is asked. */
  public LocalDate askedAt(LocalDate asOf) {
    return new CalendarDays(everyDays).lastUpTo(asOf);
  }
}
