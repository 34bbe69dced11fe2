package io.itinera.core.process;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What the tables of the process tell.
 *
 * @param windowDays journeys that ended within this many days up to as_of count
 * @param binDays so many days are one bin of a performance spectrum
 * @param batches when journeys come to a step together
 * @param learning what is usual, and what of it is checked
 * @param calendar when days begin and journeys are over
 */
public record CaseRules(
    int windowDays, int binDays, Batches batches, Learning learning, Calendar calendar)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * When journeys come to a step together.
   *
   * @param gap longest time from one start to the next of a batch
   * @param least fewer starts are no batch
   */
  public record Batches(Duration gap, int least) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Batches {
      if (gap.isNegative() || least < 2) {
        throw new IllegalArgumentException(
            "gap must be 0 or more and least 2 or more, were %s and %d".formatted(gap, least));
      }
    }
  }

  /**
   * What is usual, and what of it is checked.
   *
   * @param everyDays days from one training to the next
   * @param leastJourneys what fewer journeys tell is nothing to check others by
   * @param deviations so many standard deviations a time may be from its mean
   * @param leastSupport share of all journeys that must keep to a constraint, beyond doubt that
   *     they have to
   * @param leastConfidence share of those it says something about that must keep to it
   */
  public record Learning(
      int everyDays,
      long leastJourneys,
      double deviations,
      double leastSupport,
      double leastConfidence)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    public Learning {
      boolean areShares =
          leastSupport > 0 && leastSupport <= 1 && leastConfidence > 0 && leastConfidence <= 1;
      if (everyDays < 1 || leastJourneys < 1 || !(deviations >= 1) || !areShares) {
        throw new IllegalArgumentException(
            ("every, least-journeys and deviations must be at least 1, least-support and"
                    + " least-confidence above 0 and at most 1, were %d, %d, %s, %s and %s")
                .formatted(everyDays, leastJourneys, deviations, leastSupport, leastConfidence));
      }
    }
  }

  /**
   * When days begin and journeys are over.
   *
   * @param timeZone of days
   * @param gap the silence after which a journey that has not converted is over
   */
  public record Calendar(ZoneId timeZone, Duration gap) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public CaseRules {
    if (windowDays < 1 || binDays < 1) {
      throw new IllegalArgumentException(
          "window and bin must be at least 1 day, were %d and %d".formatted(windowDays, binDays));
    }
  }
}
