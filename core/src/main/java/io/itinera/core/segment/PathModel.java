package io.itinera.core.segment;

import io.itinera.core.persona.FindCenters;
import io.itinera.core.persona.Scaling;
import io.itinera.core.segment.ClusterRules.By;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Clusters as they were found: to which one a customer belongs.
 *
 * @param by what makes customers alike
 * @param scaling of all values of {@link MeasurePaths}
 * @param parts of each cluster its centre, or its part of paths
 */
record PathModel(By by, Scaling scaling, List<double[]> parts) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Where a customer lies for clusters of {@code by}. */
  static double[] point(By by, Scaling scaling, double... values) {
    int metrics = MeasurePaths.metrics();
    if (by == By.STEPS) {
      return Arrays.copyOfRange(values, metrics, values.length);
    }
    double[] point = scaling.apply(values);
    int steps = point.length - metrics;
    // However many steps there are, all their shares together count no more than the metrics.
    double weight = steps > metrics ? Math.sqrt((double) metrics / steps) : 1;
    for (int i = metrics; i < point.length; i++) {
      point[i] *= weight;
    }
    return point;
  }

  /** The cluster of a customer, from 0; of equally near ones the first. */
  int cluster(double... values) {
    return clusterOf(point(by, scaling, values));
  }

  /** The cluster of who lies at {@code point}. */
  int clusterOf(double... point) {
    return by == By.STEPS ? strongest(point) : nearest(point);
  }

  private int nearest(double... point) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int part = 0; part < parts.size(); part++) {
      double distance = FindCenters.squaredDistance(point, parts.get(part));
      if (distance < least) {
        least = distance;
        nearest = part;
      }
    }
    return nearest;
  }

  private int strongest(double... point) {
    double[] weights = FactorPaths.weights(point, parts);
    int strongest = 0;
    for (int part = 1; part < weights.length; part++) {
      strongest = weights[part] > weights[strongest] ? part : strongest;
    }
    return strongest;
  }
}
