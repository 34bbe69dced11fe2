package io.itinera.core.persona;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tries every number of groups that the rules allow, on customers in memory. */
final class ChooseSize {

  /** So little more is no reason to tell one more group apart. */
  private static final double NEARLY = 0.04;

  private ChooseSize() {}

  /**
   * The best try.
   *
   * @param centers its centres
   * @param size how many were asked for; more than there are where fewer customers differ
   * @param criteria criterion and size, as {@code silhouette/5}, to what it said of that size
   */
  record Choice(List<double[]> centers, int size, SortedMap<String, Double> criteria) {}

  /** The fewest groups whose silhouette is within {@value #NEARLY} of the best. */
  static Choice of(List<double[]> scaled, PersonaRules rules) {
    NavigableMap<Integer, Double> silhouettes = new TreeMap<>();
    Map<Integer, List<double[]>> found = new HashMap<>();
    int largest = Math.max(2, Math.min(rules.most(), different(scaled)));
    for (int size = Math.min(rules.fewest(), largest); size <= largest; size++) {
      List<double[]> centers = FindCenters.of(scaled, size, rules.seed());
      int[] groups = FindCenters.groups(scaled, centers);
      found.put(size, centers);
      silhouettes.put(size, Silhouette.of(scaled, groups, centers.size()));
    }
    double most = silhouettes.values().stream().mapToDouble(each -> each).max().orElseThrow();
    int best =
        silhouettes.entrySet().stream()
            .filter(each -> each.getValue() >= most - NEARLY)
            .mapToInt(Map.Entry::getKey)
            .min()
            .orElseThrow();
    SortedMap<String, Double> criteria = new TreeMap<>();
    silhouettes.forEach((size, value) -> criteria.put("silhouette/" + size, value));
    return new Choice(found.get(best), best, criteria);
  }

  private static int different(List<double[]> points) {
    return (int)
        points.stream().map(point -> Arrays.stream(point).boxed().toList()).distinct().count();
  }
}
