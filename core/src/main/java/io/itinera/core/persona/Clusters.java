package io.itinera.core.persona;

import java.util.List;
import java.util.SortedMap;

/**
 * Groups that were found among the training customers.
 *
 * @param scaling how features are scaled
 * @param fit who is in which, by scaled features
 * @param criteria criterion and number of groups to what it said of that many
 * @param reason why they are so many
 * @param rules per cluster an SQL predicate over the features that describes it; none for a cluster
 *     without training customers
 * @param sample training customers, their features in their own units
 * @param groups per customer of the sample the cluster
 */
record Clusters(
    Scaling scaling,
    Fit fit,
    SortedMap<String, Double> criteria,
    String reason,
    SortedMap<Integer, String> rules,
    List<double[]> sample,
    List<Integer> groups) {}
