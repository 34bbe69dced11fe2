package io.itinera.core.persona;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts features of any unit on one scale: each by its {@link Transform}, which damps it unless
 * another is asked for, then to mean 0 and deviation 1, and at most {@value #CAP} from 0. Counts
 * and amounts have long tails, and k-means would otherwise spend its groups on a few outliers.
 *
 * <p>Features that rise and fall together say one thing, and would count for several: the deviation
 * of each is 1 ÷ √Σr⁴ instead, over its correlations r with all features, so that two that say the
 * same count as one, and weak correlations change nothing.
 */
public final class Scaling implements Serializable {

  private static final long serialVersionUID = 2;

  private static final double CAP = 4;

  /** The distance of the quartiles of a normal distribution, in deviations. */
  private static final double QUARTILES = 1.349;

  private final List<String> features;
  private final List<Transform> transforms;
  private final double[] means;
  private final double[] deviations;

  private Scaling(
      List<String> features, List<Transform> transforms, double[] means, double[] deviations) {
    this.features = List.copyOf(features);
    this.transforms = List.copyOf(transforms);
    this.means = means;
    this.deviations = deviations;
  }

  /** All features are damped. */
  public static Scaling of(List<String> features, List<double[]> points) {
    return of(features, Map.of(), points);
  }

  /**
   * The scaling under which {@code points} have mean 0 and deviation 1 in every feature; median 0
   * and the quartiles of a normal distribution where that is robust.
   *
   * @param transforms of some features; the others are damped
   * @param points at least one, each with the features in order and in their own units
   */
  public static Scaling of(
      List<String> features, Map<String, Transform> transforms, List<double[]> points) {
    List<Transform> ofFeatures = inOrder(features, transforms);
    double[] means = new double[features.size()];
    double[] deviations = new double[features.size()];
    for (int i = 0; i < means.length; i++) {
      double[] values = new double[points.size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = ofFeatures.get(i).of(points.get(j)[i]);
      }
      means[i] = mean(values);
      deviations[i] = deviation(values, means[i]);
      if (ofFeatures.get(i) == Transform.ROBUST) {
        Arrays.sort(values);
        double quartiles = (quantile(values, 0.75) - quantile(values, 0.25)) / QUARTILES;
        means[i] = quantile(values, 0.5);
        // Where half of all are alike, nothing else tells how far the others are apart.
        deviations[i] = quartiles > 0 ? quartiles : deviations[i];
      }
    }
    Scaling plain = new Scaling(features, ofFeatures, means, deviations);
    return new Scaling(features, ofFeatures, means, plain.stretched(points));
  }

  private static List<Transform> inOrder(List<String> features, Map<String, Transform> transforms) {
    return features.stream().map(name -> transforms.getOrDefault(name, Transform.LOG)).toList();
  }

  private static double mean(double[] values) {
    // From the first on, so that a feature that never varies has exactly deviation 0.
    double sum = 0;
    for (double value : values) {
      sum += value - values[0];
    }
    return values[0] + sum / values.length;
  }

  private static double deviation(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      double distance = value - mean;
      squares += distance * distance;
    }
    return Math.sqrt(squares / Math.max(1, values.length - 1));
  }

  /** Between two values in proportion, as the type 7 of Hyndman and Fan (1996). */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Deviations that make of correlated features less. */
  private double[] stretched(List<double[]> points) {
    int size = deviations.length;
    double[][] products = new double[size][size];
    double[] apart = new double[size];
    for (double[] point : points) {
      for (int i = 0; i < size; i++) {
        apart[i] = apart(i, point);
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

  /** A scaling that was found before: means and deviations of transformed features, by name. */
  static Scaling found(
      Map<String, Double> means,
      Map<String, Double> deviations,
      Map<String, Transform> transforms) {
    List<String> features = List.copyOf(new TreeMap<>(means).keySet());
    return new Scaling(
        features,
        inOrder(features, transforms),
        features.stream().mapToDouble(means::get).toArray(),
        features.stream().mapToDouble(deviations::get).toArray());
  }

  /** Feature to its transform. */
  Map<String, Transform> transforms() {
    Map<String, Transform> named = new TreeMap<>();
    for (int i = 0; i < means.length; i++) {
      named.put(features.get(i), transforms.get(i));
    }
    return named;
  }

  /** Feature to the mean of its transformed values. */
  Map<String, Double> means() {
    return named(means);
  }

  /** Feature to the deviation of its transformed values. */
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
      scaled[i] = Math.max(-CAP, Math.min(CAP, apart(i, point)));
    }
    return scaled;
  }

  private double apart(int feature, double[] point) {
    double value = transforms.get(feature).of(point[feature]);
    return deviations[feature] == 0 ? 0 : (value - means[feature]) / deviations[feature];
  }

  /** The same for a point that has its features by name. */
  double[] apply(Map<String, Double> point) {
    return apply(features.stream().mapToDouble(point::get).toArray());
  }

  /** The point in the features' own units that lies at {@code scaled}. */
  Map<String, Double> unscaled(double[] scaled) {
    double[] point = new double[scaled.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = transforms.get(i).back(means[i] + scaled[i] * deviations[i]);
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
              : "greatest(-%4$sD, least(%4$sD, coalesce((%1$s - (%2$sD)) / %3$sD, 0D)))"
                  .formatted(
                      transforms.get(i).sql("`" + features.get(i) + "`"),
                      means[i],
                      deviations[i],
                      CAP));
    }
    return "array(" + String.join(", ", scaled) + ")";
  }
}
