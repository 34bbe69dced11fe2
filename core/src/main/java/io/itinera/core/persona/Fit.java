package io.itinera.core.persona;

import java.io.Serializable;
import java.util.List;

/**
 * Groups as they were found: to whom a point belongs. Without spreads that is the nearest centre;
 * with them the group of a Gaussian mixture that is the likeliest, features independent within it.
 */
final class Fit implements Serializable {

  private static final long serialVersionUID = 1;

  private final List<double[]> centers;
  private final List<Spread> spreads;
  // Of the logarithm of a group's share in a point: what does not depend on it, and how much it
  // falls with the square of the distance in each feature.
  private final double[] constants;
  private final double[][] falls;

  /**
   * Groups of a mixture, or centres alone.
   *
   * @param centers in scaled features
   * @param spreads one per centre, or none at all
   */
  Fit(List<double[]> centers, List<Spread> spreads) {
    this.centers = List.copyOf(centers);
    this.spreads = List.copyOf(spreads);
    this.constants = spreads.stream().mapToDouble(Fit::constant).toArray();
    this.falls =
        spreads.stream()
            .map(each -> each.variances().stream().mapToDouble(v -> 0.5 / v).toArray())
            .toArray(double[][]::new);
  }

  private static double constant(Spread spread) {
    double constant = StrictMath.log(spread.weight());
    for (double variance : spread.variances()) {
      constant -= 0.5 * StrictMath.log(variance);
    }
    return constant;
  }

  /** Whoever is nearest belongs to a centre. */
  static Fit of(List<double[]> centers) {
    return new Fit(centers, List.of());
  }

  List<double[]> centers() {
    return centers;
  }

  List<Spread> spreads() {
    return spreads;
  }

  boolean isMixture() {
    return !spreads.isEmpty();
  }

  /** Per point the number of its group, the first of equally good ones. */
  int[] groups(List<double[]> points) {
    return isMixture()
        ? points.stream().mapToInt(this::likeliest).toArray()
        : FindCenters.groups(points, centers);
  }

  private int likeliest(double[] point) {
    double[] scores = scores(point);
    int best = 0;
    for (int group = 1; group < scores.length; group++) {
      best = scores[group] > scores[best] ? group : best;
    }
    return best;
  }

  /** Per group of a mixture its share in {@code point}: they add up to 1. */
  double[] shares(double[] point) {
    double[] shares = scores(point);
    share(shares);
    return shares;
  }

  /**
   * The logarithm of the mixture's density at all points together.
   *
   * @param shares per point room for the groups' shares in it, which this fills
   */
  double logLikelihood(List<double[]> points, double[][] shares) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = scores(points.get(i));
      sum += share(shares[i]);
    }
    return sum - 0.5 * points.size() * points.get(0).length * StrictMath.log(2 * Math.PI);
  }

  /**
   * The Bayesian information criterion of a mixture (Schwarz, 1978), less is better; not a number
   * for centres alone.
   */
  double bic(List<double[]> points) {
    if (!isMixture()) {
      return Double.NaN;
    }
    int parameters = 2 * spreads.size() * points.get(0).length + spreads.size() - 1;
    return parameters * StrictMath.log(points.size())
        - 2 * logLikelihood(points, new double[points.size()][]);
  }

  /** Logarithms of weight times density, but for what all have in common. */
  private double[] scores(double[] point) {
    double[] scores = constants.clone();
    for (int group = 0; group < scores.length; group++) {
      double[] center = centers.get(group);
      for (int j = 0; j < point.length; j++) {
        double apart = point[j] - center[j];
        scores[group] -= falls[group][j] * apart * apart;
      }
    }
    return scores;
  }

  /** Makes shares of scores; the logarithm of what these were together. */
  private static double share(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double each : scores) {
      largest = Math.max(largest, each);
    }
    double sum = 0;
    for (int group = 0; group < scores.length; group++) {
      scores[group] = StrictMath.exp(scores[group] - largest);
      sum += scores[group];
    }
    for (int group = 0; group < scores.length; group++) {
      scores[group] /= sum;
    }
    return largest + StrictMath.log(sum);
  }

  /**
   * The number of the likeliest group as an SQL expression, added up in the same order.
   *
   * @param scaled column with the array of scaled features
   */
  String sql(String scaled) {
    StringBuilder groups = new StringBuilder();
    for (int group = 0; group < constants.length; group++) {
      StringBuilder score = new StringBuilder("(%sD)".formatted(constants[group]));
      for (int j = 0; j < falls[group].length; j++) {
        String apart = "(%s[%d] - (%sD))".formatted(scaled, j, centers.get(group)[j]);
        score.append(" - %sD * %s * %s".formatted(falls[group][j], apart, apart));
      }
      // Of equally likely ones the largest struct is the first.
      groups.append(
          "%snamed_struct('score', %s, 'before', %d)"
              .formatted(group == 0 ? "" : ", ", score, -group));
    }
    return "-array_max(array(%s)).before".formatted(groups);
  }
}
