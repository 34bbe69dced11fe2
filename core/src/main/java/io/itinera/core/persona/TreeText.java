package io.itinera.core.persona;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;

/** Tells a two-class decision tree as the SQL condition of its class 1. */
final class TreeText {

  private static final MathContext THREE_DIGITS = new MathContext(3);

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
  String text(Node root) {
    List<Node> leaves = new ArrayList<>();
    collectLeaves(root, leaves);
    List<Map<Integer, Bounds>> conditions = conditions(root, bestLeaves(leaves));
    return conditions.stream().map(this::print).distinct().collect(joining(" or "));
  }

  private static void collectLeaves(Node node, List<Node> leaves) {
    if (node instanceof InternalNode inner) {
      collectLeaves(inner.leftChild(), leaves);
      collectLeaves(inner.rightChild(), leaves);
    } else {
      leaves.add(node);
    }
  }

  /**
   * The purest leaves, as many as give the best F1: so a cluster that is a majority nowhere still
   * gets a condition.
   */
  private static Set<Node> bestLeaves(List<Node> leaves) {
    List<Node> purest = new ArrayList<>(leaves);
    purest.sort(Comparator.comparingDouble(TreeText::purity).reversed());
    double all = leaves.stream().mapToDouble(TreeText::members).sum();
    double members = 0;
    double taken = 0;
    double bestF1 = -1;
    int best = 0;
    for (int i = 0; i < purest.size(); i++) {
      members += members(purest.get(i));
      taken += total(purest.get(i));
      double f1 = 2 * members / (taken + all);
      if (f1 > bestF1) {
        bestF1 = f1;
        best = i + 1;
      }
    }
    Set<Node> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
    chosen.addAll(purest.subList(0, best));
    return chosen;
  }

  private static double members(Node leaf) {
    double[] counts = leaf.impurityStats().stats();
    return counts.length > 1 ? counts[1] : 0;
  }

  private static double total(Node leaf) {
    double total = 0;
    for (double count : leaf.impurityStats().stats()) {
      total += count;
    }
    return total;
  }

  private static double purity(Node leaf) {
    return members(leaf) / total(leaf);
  }

  private static List<Map<Integer, Bounds>> conditions(Node node, Set<Node> chosen) {
    if (!(node instanceof InternalNode inner)) {
      return chosen.contains(node) ? List.of(Map.of()) : List.of();
    }
    List<Map<Integer, Bounds>> left = conditions(inner.leftChild(), chosen);
    List<Map<Integer, Bounds>> right = conditions(inner.rightChild(), chosen);
    if (isEverything(left) && isEverything(right)) {
      return left;
    }
    ContinuousSplit split = (ContinuousSplit) inner.split();
    List<Map<Integer, Bounds>> both = new ArrayList<>();
    left.forEach(condition -> both.add(with(condition, split, true)));
    right.forEach(condition -> both.add(with(condition, split, false)));
    return both;
  }

  private static boolean isEverything(List<Map<Integer, Bounds>> conditions) {
    return conditions.size() == 1 && conditions.get(0).isEmpty();
  }

  private static Map<Integer, Bounds> with(
      Map<Integer, Bounds> condition, ContinuousSplit split, boolean isLeft) {
    Map<Integer, Bounds> narrowed = new LinkedHashMap<>();
    Bounds open = condition.getOrDefault(split.featureIndex(), new Bounds(null, null));
    narrowed.put(
        split.featureIndex(),
        isLeft ? open.atMost(split.threshold()) : open.moreThan(split.threshold()));
    condition.forEach(narrowed::putIfAbsent);
    return narrowed;
  }

  private String print(Map<Integer, Bounds> condition) {
    List<String> parts = new ArrayList<>();
    condition.forEach(
        (index, bounds) -> {
          String feature = quoted(features[index]);
          if (bounds.above() != null) {
            parts.add(feature + " > " + rounded(bounds.above()));
          }
          if (bounds.upTo() != null) {
            parts.add(feature + " <= " + rounded(bounds.upTo()));
          }
        });
    return parts.isEmpty() ? "true" : String.join(" and ", parts);
  }

  private static String quoted(String feature) {
    return feature.matches("[A-Za-z_][A-Za-z0-9_]*") ? feature : "`" + feature + "`";
  }

  private static String rounded(double bound) {
    BigDecimal short3 = BigDecimal.valueOf(bound).round(THREE_DIGITS);
    return short3.signum() == 0 ? "0" : short3.stripTrailingZeros().toPlainString();
  }
}
