package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.linalg.Vector;

/**
 * Groups that k-means found among the training customers.
 *
 * @param pipeline damps, scales and clusters features
 * @param scaler the pipeline's scaler, over the damped features in order
 * @param centers the pipeline's centres
 * @param features names in the order of the vectors
 * @param silhouettes per size tried its silhouette
 * @param rules per cluster an SQL predicate over the features that describes it; none for a cluster
 *     without training customers
 */
record Clusters(
    PipelineModel pipeline,
    StandardScalerModel scaler,
    KMeansModel centers,
    List<String> features,
    SortedMap<Integer, Double> silhouettes,
    SortedMap<Integer, String> rules) {

  Clusters {
    features = List.copyOf(features);
  }

  int count() {
    return centers.clusterCenters().length;
  }

  Vector center(int cluster) {
    return centers.clusterCenters()[cluster];
  }

  /** Where a point in the features' own units lies in the space of the centres. */
  List<Double> standardise(Map<String, Double> point) {
    List<Double> standardised = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      double value = point.get(features.get(i));
      double damped = Math.signum(value) * StrictMath.log1p(Math.abs(value));
      double deviation = scaler.std().apply(i);
      standardised.add(deviation == 0 ? 0 : (damped - scaler.mean().apply(i)) / deviation);
    }
    return standardised;
  }
}
