package io.itinera.core.persona;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.ml.PipelineModel;

/**
 * Groups that k-means found among the training customers.
 *
 * @param pipeline scales features and adds the number of the nearest centre
 * @param scaling how the pipeline scales
 * @param centers the pipeline's centres, in scaled features
 * @param silhouettes per size tried its silhouette
 * @param rules per cluster an SQL predicate over the features that describes it; none for a cluster
 *     without training customers
 */
record Clusters(
    PipelineModel pipeline,
    Scaling scaling,
    List<double[]> centers,
    SortedMap<Integer, Double> silhouettes,
    SortedMap<Integer, String> rules) {}
