package io.itinera.core.persona;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tries every number of groups that the rules allow, on customers in memory. */
final class ChooseSize {

  private ChooseSize() {}

  /**
   * The best try.
   *
   * @param centers its centres
   * @param size how many were asked for; more than there are where fewer customers differ
   * @param silhouettes per size tried its silhouette
   */
  record Choice(List<double[]> centers, int size, SortedMap<Integer, Double> silhouettes) {}

  /** The size of the best silhouette, the fewer of two equal. */
  static Choice of(List<double[]> scaled, PersonaRules rules) {
    NavigableMap<Integer, Double> silhouettes = new TreeMap<>();
    Map<Integer, List<double[]>> found = new HashMap<>();
    int most = Math.max(2, Math.min(rules.most(), different(scaled)));
    for (int size = Math.min(rules.fewest(), most); size <= most; size++) {
      List<double[]> centers = FindCenters.of(scaled, size, rules.seed());
      int[] groups = FindCenters.groups(scaled, centers);
      found.put(size, centers);
      silhouettes.put(size, Silhouette.of(scaled, groups, centers.size()));
    }
    int best =
        silhouettes.keySet().stream()
            .max(
                Comparator.<Integer>comparingDouble(silhouettes::get)
                    .thenComparing(Comparator.reverseOrder()))
            .orElseThrow();
    return new Choice(found.get(best), best, silhouettes);
  }

  private static int different(List<double[]> points) {
    return (int)
        points.stream().map(point -> Arrays.stream(point).boxed().toList()).distinct().count();
  }
}
