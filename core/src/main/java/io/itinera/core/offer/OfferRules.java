package io.itinera.core.offer;

import io.itinera.core.rule.CalendarDays;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Locale;

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
 * @param model what makes offers
 * @param als how {@link Model#ALS} places products
 */
public record OfferRules(
    int everyDays,
    int windowDays,
    int holdOutDays,
    int offers,
    int leastTogether,
    int leastJudged,
    Model model,
    AlsRules als)
    implements Serializable {

  /** What makes offers. */
  public enum Model {
    /** What those bought who have one of a customer's products. */
    ASSOCIATION_RULES,

    /** What those bought who buy alike: alternating least squares. */
    ALS;

    /** As it is told. */
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Offers by association rules. */
  public OfferRules(
      int everyDays,
      int windowDays,
      int holdOutDays,
      int offers,
      int leastTogether,
      int leastJudged) {
    this(
        everyDays,
        windowDays,
        holdOutDays,
        offers,
        leastTogether,
        leastJudged,
        Model.ASSOCIATION_RULES,
        AlsRules.USUAL);
  }

  public OfferRules {
    if (holdOutDays >= windowDays) {
      throw new IllegalArgumentException(
          "hold-out must be shorter than window (%d days), was %d"
              .formatted(windowDays, holdOutDays));
    }
  }

  /** The same, by alternating least squares. */
  public OfferRules with(AlsRules other) {
    return new OfferRules(
        everyDays, windowDays, holdOutDays, offers, leastTogether, leastJudged, Model.ALS, other);
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
