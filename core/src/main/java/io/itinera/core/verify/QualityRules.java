package io.itinera.core.verify;

/**
 * What is checked of tables after a night.
 *
 * @param verifiedShare share of customers whose sessions, journeys and totals are made anew and
 *     compared, from 0 (none) to 1
 */
public record QualityRules(double verifiedShare) {

  public QualityRules {
    if (!(verifiedShare >= 0 && verifiedShare <= 1)) {
      throw new IllegalArgumentException(
          "verify-sample must be from 0%% to 100%%, was %s".formatted(verifiedShare));
    }
  }

  /** Whether anybody is verified. */
  public boolean verifies() {
    return verifiedShare > 0;
  }
}
