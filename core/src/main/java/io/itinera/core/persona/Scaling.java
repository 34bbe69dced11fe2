package io.itinera.core.persona;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts features of any unit on one scale: damped by sign(x) · ln(1 + |x|), then to mean 0 and
 * deviation 1, and at most {@value #CAP} from 0. Counts and amounts have long tails, and k-means
 * would otherwise spend its groups on a few outliers.
 *
 * <p>Features that rise and fall together say one thing, and would count for several: the deviation
 * of each is 1 ÷ √Σr⁴ instead, over its correlations r with all features, so that two that say the
 * same count as one, and weak correlations change nothing.
 */
public final class Scaling implements Serializable {

  private static final long serialVersionUID = 1;

  private static final double CAP = 4;

  private final List<String> features;
  private final double[] means;
  private final double[] deviations;

  private Scaling(List<String> features, double[] means, double[] deviations) {
    this.features = List.copyOf(features);
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * The scaling under which {@code points} have mean 0 and deviation 1 in every feature.
   *
   * @param points at least one, each with the features in order and in their own units
   */
  public static Scaling of(List<String> features, List<double[]> points) {
    double[] means = new double[features.size()];
    double[] deviations = new double[features.size()];
    for (int i = 0; i < means.length; i++) {
      // From the first on, so that a feature that never varies has exactly deviation 0.
      double first = damped(points.get(0)[i]);
      double sum = 0;
      for (double[] point : points) {
        sum += damped(point[i]) - first;
      }
      means[i] = first + sum / points.size();
      double squares = 0;
      for (double[] point : points) {
        double distance = damped(point[i]) - means[i];
        squares += distance * distance;
      }
      deviations[i] = Math.sqrt(squares / Math.max(1, points.size() - 1));
    }
    return new Scaling(features, means, stretched(deviations, means, points));
  }

  /** Deviations that make of correlated features less. */
  private static double[] stretched(double[] deviations, double[] means, List<double[]> points) {
    int size = deviations.length;
    double[][] products = new double[size][size];
    double[] apart = new double[size];
    for (double[] point : points) {
      for (int i = 0; i < size; i++) {
        apart[i] = deviations[i] == 0 ? 0 : (damped(point[i]) - means[i]) / deviations[i];
        for (int j = 0; j < i; j++) {
          products[i][j] += apart[i] * apart[j];
        }
      }
    }
    double[] stretched = new double[size];
    for (int i = 0; i < size; i++) {
      double alike = 1;
      for (int j = 0; j < size; j++) {
        double product = j < i ? products[i][j] : products[j][i];
        alike += i == j ? 0 : Math.pow(product / Math.max(1, points.size() - 1), 4);
      }
      stretched[i] = deviations[i] * Math.sqrt(alike);
    }
    return stretched;
  }

  /** A scaling that was found before: its means and deviations of damped features, by name. */
  static Scaling of(Map<String, Double> means, Map<String, Double> deviations) {
    List<String> features = List.copyOf(new TreeMap<>(means).keySet());
    return new Scaling(
        features,
        features.stream().mapToDouble(means::get).toArray(),
        features.stream().mapToDouble(deviations::get).toArray());
  }

  /** Feature to the mean of its damped values. */
  Map<String, Double> means() {
    return named(means);
  }

  /** Feature to the deviation of its damped values. */
  Map<String, Double> deviations() {
    return named(deviations);
  }

  /** Values in the order of the features, by their names. */
  Map<String, Double> named(double[] values) {
    Map<String, Double> named = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(features.get(i), values[i]);
    }
    return named;
  }

  /** The features' names, in the order of the points. */
  List<String> features() {
    return features;
  }

  /** Where a point in the features' own units lies; a feature that never varies is 0. */
  public double[] apply(double[] point) {
    double[] scaled = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      double apart = deviations[i] == 0 ? 0 : (damped(point[i]) - means[i]) / deviations[i];
      scaled[i] = Math.max(-CAP, Math.min(CAP, apart));
    }
    return scaled;
  }

  /** The same for a point that has its features by name. */
  double[] apply(Map<String, Double> point) {
    return apply(features.stream().mapToDouble(point::get).toArray());
  }

  /** The point in the features' own units that lies at {@code scaled}. */
  Map<String, Double> unscaled(double[] scaled) {
    double[] point = new double[scaled.length];
    for (int i = 0; i < point.length; i++) {
      double damped = means[i] + scaled[i] * deviations[i];
      point[i] = Math.signum(damped) * StrictMath.expm1(Math.abs(damped));
    }
    return named(point);
  }

  /**
   * The same as an SQL expression over the features' columns: an array. No feature is null; that
   * none of its elements is, MLlib must see in its type.
   */
  String sql() {
    List<String> scaled = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      scaled.add(
          deviations[i] == 0
              ? "0D"
              : "greatest(-%4$sD, least(%4$sD, coalesce((signum(`%1$s`) * log1p(abs(`%1$s`)) - (%2$sD)) / %3$sD, 0D)))"
                  .formatted(features.get(i), means[i], deviations[i], CAP));
    }
    return "array(" + String.join(", ", scaled) + ")";
  }

  private static double damped(double value) {
    return Math.signum(value) * StrictMath.log1p(Math.abs(value));
  }
}
