package io.itinera.core.persona;

import java.util.Arrays;
import java.util.List;

/**
 * The mean silhouette of groups, with squared Euclidean distance: per point (b − a) ÷ max(a, b),
 * where a is its mean distance to the others of its group and b the one to the nearest other group.
 *
 * <p>A group's mean squared distance to a point follows from the group's size, the sum of its
 * points and the sum of their squared lengths, so every point is looked at twice and not once per
 * other point.
 */
public final class Silhouette {

  private static final double ONE_GROUP = -1;

  private final double[][] sums;
  private final double[] squares;
  private final int[] members;

  private Silhouette(int groups, int dimensions) {
    this.sums = new double[groups][dimensions];
    this.squares = new double[groups];
    this.members = new int[groups];
  }

  /**
   * From −1 to 1, higher is better; −1 for one group. A point alone in its group counts as 0.
   *
   * @param groups per point its group, from 0
   * @param count number of groups, of which some may be empty
   */
  public static double of(List<double[]> points, int[] groups, int count) {
    Silhouette silhouette = new Silhouette(count, points.get(0).length);
    for (int i = 0; i < groups.length; i++) {
      silhouette.add(points.get(i), groups[i]);
    }
    if (Arrays.stream(silhouette.members).filter(n -> n > 0).count() < 2) {
      return ONE_GROUP;
    }
    double sum = 0;
    for (int i = 0; i < groups.length; i++) {
      sum += silhouette.of(points.get(i), groups[i]);
    }
    return sum / groups.length;
  }

  private void add(double[] point, int group) {
    members[group]++;
    squares[group] += squaredLength(point);
    for (int j = 0; j < point.length; j++) {
      sums[group][j] += point[j];
    }
  }

  private double of(double[] point, int own) {
    if (members[own] == 1) {
      return 0;
    }
    double nearest = Double.POSITIVE_INFINITY;
    for (int group = 0; group < members.length; group++) {
      if (group != own && members[group] > 0) {
        nearest = Math.min(nearest, distance(point, group));
      }
    }
    // The point itself is in its group, at distance zero.
    double within = distance(point, own) * members[own] / (members[own] - 1);
    double larger = Math.max(within, nearest);
    return larger == 0 ? 0 : (nearest - within) / larger;
  }

  private double distance(double[] point, int group) {
    double product = 0;
    for (int j = 0; j < point.length; j++) {
      product += point[j] * sums[group][j];
    }
    double distance = squaredLength(point) + (squares[group] - 2 * product) / members[group];
    return Math.max(0, distance);
  }

  private static double squaredLength(double[] point) {
    double squares = 0;
    for (double x : point) {
      squares += x * x;
    }
    return squares;
  }
}
