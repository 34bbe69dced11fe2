package io.itinera.core.value;

import java.util.Arrays;

/**
 * The integrals of {@link SurvivalIntegral} between any two of some times, for one number of
 * purchases: those between one time and the next are found once, and added up. Where many histories
 * share few times, as days of one year are, that is a tenth of the work.
 */
final class SurvivalSums {

  /** Parts that differ by more than e to this power could not be added up in one scale. */
  private static final double WIDEST = 600;

  private final double scale;
  private final double[] parts;
  private final double[][] moments = new double[4][];

  private SurvivalSums(double... logs) {
    scale = Arrays.stream(logs).max().orElse(0);
    parts = new double[logs.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Math.exp(logs[i] - scale);
    }
    for (int k = 0; k < moments.length; k++) {
      moments[k] = new double[parts.length];
    }
  }

  /**
   * Sums over times.
   *
   * @param times rising
   * @return null where integrals between one and the next are of too different a size
   */
  static SurvivalSums of(ParetoNbd model, int purchases, double... times) {
    SurvivalIntegral integral = new SurvivalIntegral(model, purchases);
    int size = Math.max(0, times.length - 1);
    double[] logs = new double[size];
    double[][] means = new double[size][];
    for (int i = 0; i < size; i++) {
      logs[i] = integral.log(times[i], times[i + 1]);
      means[i] = integral.means().clone();
    }
    SurvivalSums sums = new SurvivalSums(logs);
    for (int i = 0; i < size; i++) {
      if (!(logs[i] > sums.scale - WIDEST)) {
        return null;
      }
      for (int k = 0; k < sums.moments.length; k++) {
        sums.moments[k][i] = sums.parts[i] * means[i][k];
      }
    }
    return sums;
  }

  /**
   * Logarithm of the integral; −∞ over nothing.
   *
   * @param from place of the time from which on, among all
   * @param to place of that up to which
   * @param means receives what {@link SurvivalIntegral#means} tells
   */
  double log(int from, int to, double[] means) {
    double total = sum(parts, from, to);
    for (int k = 0; k < means.length; k++) {
      means[k] = total == 0 ? 0 : sum(moments[k], from, to) / total;
    }
    return Math.log(total) + scale;
  }

  private static double sum(double[] parts, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += parts[i];
    }
    return sum;
  }
}
