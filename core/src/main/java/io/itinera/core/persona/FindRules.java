package io.itinera.core.persona;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds a readable condition for each cluster: a shallow decision tree of it against the others.
 *
 * <p>The tree sees the features in their own units, so its text is a predicate that analysts can
 * run on {@code customer_features}.
 */
final class FindRules {

  private FindRules() {}

  /**
   * Per cluster with customers, its condition.
   *
   * @param features names of the features, in the order of the points
   * @param customers their features in their own units
   * @param groups per customer the cluster
   */
  static SortedMap<Integer, String> rules(
      List<String> features, List<double[]> customers, int[] groups) {
    GrowTree trees = new GrowTree(customers, groups);
    TreeText text = new TreeText(features.toArray(String[]::new));
    SortedMap<Integer, String> rules = new TreeMap<>();
    Arrays.stream(groups).distinct().forEach(group -> rules.put(group, text.text(trees.of(group))));
    return rules;
  }
}
