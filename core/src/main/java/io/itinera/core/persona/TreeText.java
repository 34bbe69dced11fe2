package io.itinera.core.persona;

import static java.util.stream.Collectors.joining;

import io.itinera.core.persona.TreeNode.Leaf;
import io.itinera.core.persona.TreeNode.Split;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells a two-class decision tree as the SQL condition of its class 1. */
final class TreeText {

  private final String[] features;

  TreeText(String[] features) {
    this.features = features.clone();
  }

  /** Bounds of one feature: more than {@code above}, at most {@code upTo}; null where open. */
  private record Bounds(Double above, Double upTo) {

    Bounds moreThan(double bound) {
      return new Bounds(above == null ? bound : Math.max(above, bound), upTo);
    }

    Bounds atMost(double bound) {
      return new Bounds(above, upTo == null ? bound : Math.min(upTo, bound));
    }
  }

  /** Conditions joined by {@code or}, each of bounds joined by {@code and}; at the least true. */
  String text(TreeNode root) {
    List<Leaf> leaves = new ArrayList<>();
    collectLeaves(root, leaves);
    List<Map<Integer, Bounds>> conditions = conditions(root, bestLeaves(leaves));
    return conditions.stream().map(this::print).distinct().collect(joining(" or "));
  }

  private static void collectLeaves(TreeNode node, List<Leaf> leaves) {
    if (node instanceof Split split) {
      collectLeaves(split.upTo(), leaves);
      collectLeaves(split.above(), leaves);
    } else {
      leaves.add((Leaf) node);
    }
  }

  /**
   * The purest leaves, as many as give the best F1: so a cluster that is a majority nowhere still
   * gets a condition.
   */
  private static Set<TreeNode> bestLeaves(List<Leaf> leaves) {
    List<Leaf> purest = new ArrayList<>(leaves);
    purest.sort(Comparator.comparingDouble(Leaf::purity).reversed());
    double all = leaves.stream().mapToDouble(Leaf::members).sum();
    double members = 0;
    double taken = 0;
    double bestF1 = -1;
    int best = 0;
    for (int i = 0; i < purest.size(); i++) {
      members += purest.get(i).members();
      taken += purest.get(i).customers();
      double f1 = 2 * members / (taken + all);
      if (f1 > bestF1) {
        bestF1 = f1;
        best = i + 1;
      }
    }
    // By identity: two leaves may hold equal numbers.
    Set<TreeNode> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    chosen.addAll(purest.subList(0, best));
    return chosen;
  }

  private static List<Map<Integer, Bounds>> conditions(TreeNode node, Set<TreeNode> chosen) {
    if (!(node instanceof Split split)) {
      return chosen.contains(node) ? List.of(Map.of()) : List.of();
    }
    List<Map<Integer, Bounds>> left = conditions(split.upTo(), chosen);
    List<Map<Integer, Bounds>> right = conditions(split.above(), chosen);
    if (isEverything(left) && isEverything(right)) {
      return left;
    }
    List<Map<Integer, Bounds>> both = new ArrayList<>();
    left.forEach(condition -> both.add(with(condition, split, true)));
    right.forEach(condition -> both.add(with(condition, split, false)));
    return both;
  }

  private static boolean isEverything(List<Map<Integer, Bounds>> conditions) {
    return conditions.size() == 1 && conditions.get(0).isEmpty();
  }

  private static Map<Integer, Bounds> with(
      Map<Integer, Bounds> condition, Split split, boolean isUpTo) {
    Map<Integer, Bounds> narrowed = new LinkedHashMap<>();
    Bounds open = condition.getOrDefault(split.feature(), new Bounds(null, null));
    narrowed.put(
        split.feature(),
        isUpTo ? open.atMost(split.threshold()) : open.moreThan(split.threshold()));
    condition.forEach(narrowed::putIfAbsent);
    return narrowed;
  }

  private String print(Map<Integer, Bounds> condition) {
    List<String> parts = new ArrayList<>();
    condition.forEach(
        (index, bounds) -> {
          String feature = quoted(features[index]);
          if (bounds.above() != null) {
            parts.add(feature + " > " + digits(bounds.above()));
          }
          if (bounds.upTo() != null) {
            parts.add(feature + " <= " + digits(bounds.upTo()));
          }
        });
    return parts.isEmpty() ? "true" : String.join(" and ", parts);
  }

  private static String quoted(String feature) {
    return feature.matches("[A-Za-z_][A-Za-z0-9_]*") ? feature : "`" + feature + "`";
  }

  private static String digits(double bound) {
    return bound == 0 ? "0" : BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }
}
