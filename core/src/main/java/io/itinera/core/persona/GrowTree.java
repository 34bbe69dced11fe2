package io.itinera.core.persona;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Grows a shallow decision tree for each group against all others, in memory (CART: the split that
 * leaves the least Gini impurity, of equal ones that of the first feature and the smallest
 * threshold).
 */
final class GrowTree {

  private static final int DEPTH = 3;
  private static final double LEAST_GAIN = 1e-9;
  private static final int FEWEST_DIGITS = 3;
  private static final int MOST_DIGITS = 6;

  private final List<double[]> points;
  private final int[] groups;
  private final int[][] sorted;

  /**
   * @param points at least one, with the features in their own units
   * @param groups per point its group
   */
  GrowTree(List<double[]> points, int[] groups) {
    this.points = points;
    this.groups = groups;
    this.sorted =
        IntStream.range(0, points.get(0).length).mapToObj(this::sorted).toArray(int[][]::new);
  }

  /** The tree whose leaves hold members of {@code group}, or others. */
  TreeNode of(int group) {
    return grow(sorted, group, DEPTH);
  }

  private int[] sorted(int feature) {
    return IntStream.range(0, points.size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> points.get(i)[feature]))
        .mapToInt(i -> i)
        .toArray();
  }

  /** A place to part: after that many of the points in the order of the feature. */
  private record Cut(int feature, int after, double impurity) {}

  /**
   * @param orders per feature the same points, in its order
   */
  private TreeNode grow(int[][] orders, int group, int depth) {
    int all = orders[0].length;
    int members = members(orders[0], all, group);
    Cut cut = new Cut(-1, 0, impurity(all, members) - LEAST_GAIN);
    for (int feature = 0; depth > 0 && feature < orders.length; feature++) {
      cut = better(cut, orders[feature], feature, group);
    }
    if (cut.feature() < 0) {
      return new TreeNode.Leaf(all, members);
    }
    int[] order = orders[cut.feature()];
    boolean[] isUpTo = new boolean[points.size()];
    IntStream.range(0, cut.after()).forEach(i -> isUpTo[order[i]] = true);
    double low = points.get(order[cut.after() - 1])[cut.feature()];
    double high = points.get(order[cut.after()])[cut.feature()];
    return new TreeNode.Split(
        cut.feature(),
        between(low, high),
        grow(parted(orders, isUpTo, true), group, depth - 1),
        grow(parted(orders, isUpTo, false), group, depth - 1));
  }

  private Cut better(Cut best, int[] order, int feature, int group) {
    int members = members(order, order.length, group);
    int inside = 0;
    Cut found = best;
    for (int i = 0; i + 1 < order.length; i++) {
      inside += groups[order[i]] == group ? 1 : 0;
      if (points.get(order[i])[feature] < points.get(order[i + 1])[feature]) {
        double impurity =
            impurity(i + 1, inside) + impurity(order.length - i - 1, members - inside);
        if (impurity < found.impurity()) {
          found = new Cut(feature, i + 1, impurity);
        }
      }
    }
    return found;
  }

  private int members(int[] order, int count, int group) {
    return (int) IntStream.range(0, count).filter(i -> groups[order[i]] == group).count();
  }

  /** Gini impurity, times the number of points. */
  private static double impurity(int all, int members) {
    return 2.0 * members * (all - members) / all;
  }

  private static int[][] parted(int[][] orders, boolean[] isUpTo, boolean wanted) {
    int[][] parted = new int[orders.length][];
    for (int feature = 0; feature < orders.length; feature++) {
      parted[feature] =
          IntStream.of(orders[feature]).filter(point -> isUpTo[point] == wanted).toArray();
    }
    return parted;
  }

  /** The middle in the fewest digits, from three to six, that still part the two. */
  private static double between(double low, double high) {
    BigDecimal middle = BigDecimal.valueOf(low / 2 + high / 2);
    for (int digits = FEWEST_DIGITS; digits < MOST_DIGITS; digits++) {
      double rounded = middle.round(new MathContext(digits)).doubleValue();
      if (low <= rounded && rounded < high) {
        return rounded;
      }
    }
    return middle.round(new MathContext(MOST_DIGITS)).doubleValue();
  }
}
