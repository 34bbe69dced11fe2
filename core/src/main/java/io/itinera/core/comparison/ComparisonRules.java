package io.itinera.core.comparison;

/**
 * What is compared, and when a difference is one.
 *
 * @param mostSteps steps of journeys further behind are no part of the step matrix
 * @param leastCustomers so many of each segment must be there to be measured: with fewer, an
 *     interval means little
 * @param leastSeen what fewer customers of both segments together do is not compared. As this does
 *     not look at who they are, it spoils no significance (Bourgon, Gentleman and Huber, 2010)
 * @param confidence of intervals, between 0 and 1
 * @param correction of significance for how many were compared
 */
public record ComparisonRules(
    int mostSteps,
    long leastCustomers,
    long leastSeen,
    double confidence,
    CorrectForMany correction) {

  public ComparisonRules {
    if (mostSteps < 1 || leastCustomers < 2 || leastSeen < 1) {
      throw new IllegalArgumentException(
          "steps must be 1 or more, least customers 2 or more, least seen 1 or more; were %d, %d, %d"
              .formatted(mostSteps, leastCustomers, leastSeen));
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must be between 0 and 1, was %s".formatted(confidence));
    }
  }
}
