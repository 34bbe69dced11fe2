package io.itinera.core.comparison;

import io.itinera.core.rule.NormalTail;

/**
 * How far one segment is from another.
 *
 * @param size first segment less second
 * @param low lower end of the interval
 * @param high its upper end
 * @param pValue chance of such a difference, or a larger one to either side, if there were none
 */
record Difference(double size, double low, double high, double pValue) {

  /**
   * Of two ratios. Of shares of customers the interval is Newcombe's hybrid of score intervals
   * (Statistics in Medicine 17, 1998, method 10), which holds near 0 and 1, too, and the test that
   * of two proportions; of others both rest on the variances between customers.
   *
   * @param confidence of the interval
   */
  static Difference of(CustomerSums first, CustomerSums second, double confidence) {
    double z = NormalTail.quantile((1 - confidence) / 2);
    return first.isShare() && second.isShare()
        ? ofShares(first, second, z)
        : ofRatios(first, second, z);
  }

  private static Difference ofShares(CustomerSums first, CustomerSums second, double z) {
    double one = first.value();
    double other = second.value();
    double size = one - other;
    double[] ends = score(one, (double) first.customers(), z);
    double[] otherEnds = score(other, (double) second.customers(), z);
    double all = (double) first.customers() + second.customers();
    double pooled = ((double) first.seen() + second.seen()) / all;
    double error =
        Math.sqrt(pooled * (1 - pooled) * (1.0 / first.customers() + 1.0 / second.customers()));
    return new Difference(
        size,
        size - Math.hypot(one - ends[0], otherEnds[1] - other),
        size + Math.hypot(ends[1] - one, other - otherEnds[0]),
        twoSided(size, error));
  }

  /** Ends of Wilson's score interval of a share. */
  private static double[] score(double share, double count, double z) {
    double square = z * z;
    double middle = share + square / (2 * count);
    double half = z * Math.sqrt(share * (1 - share) / count + square / (4 * count * count));
    return new double[] {
      (middle - half) / (1 + square / count), (middle + half) / (1 + square / count)
    };
  }

  private static Difference ofRatios(CustomerSums first, CustomerSums second, double z) {
    double size = first.value() - second.value();
    double error = Math.sqrt(first.variance() + second.variance());
    return new Difference(size, size - z * error, size + z * error, twoSided(size, error));
  }

  /** Where nothing varies nothing can be said of chance: 1. */
  private static double twoSided(double size, double error) {
    return error == 0 ? 1 : Math.min(1, 2 * NormalTail.above(Math.abs(size) / error));
  }
}
