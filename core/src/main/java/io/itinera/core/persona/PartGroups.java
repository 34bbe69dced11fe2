package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.List;

/**
 * Bisecting k-means (Steinbach, Karypis and Kumar, 2000) over points in memory: the group with the
 * largest sum of squared distances to its centre is parted in two by k-means, until there are
 * enough.
 */
final class PartGroups {

  private PartGroups() {}

  /** At most {@code size} centres; fewer where there are no more different points. */
  static List<double[]> of(List<double[]> points, int size, long seed) {
    List<List<double[]>> groups = new ArrayList<>();
    groups.add(points);
    while (groups.size() < size) {
      // The first of equally loose ones.
      int loosest = 0;
      for (int group = 1; group < groups.size(); group++) {
        loosest = looseness(groups.get(group)) > looseness(groups.get(loosest)) ? group : loosest;
      }
      List<List<double[]>> parts = parted(groups.get(loosest), seed);
      if (parts.size() < 2) {
        break;
      }
      groups.remove(loosest);
      groups.addAll(loosest, parts);
    }
    return groups.stream().map(PartGroups::center).toList();
  }

  private static double[] center(List<double[]> points) {
    return FindCenters.of(points, 1, 0).get(0);
  }

  /** The sum of squared distances to the centre. */
  private static double looseness(List<double[]> points) {
    return ChooseSize.inertia(points, List.of(center(points)));
  }

  /** The two halves; the group alone where all its points are the same. */
  private static List<List<double[]>> parted(List<double[]> points, long seed) {
    List<double[]> centers = FindCenters.of(points, 2, seed);
    int[] halves = FindCenters.groups(points, centers);
    List<List<double[]>> parts = new ArrayList<>();
    for (int half = 0; half < centers.size(); half++) {
      List<double[]> members = new ArrayList<>();
      for (int i = 0; i < halves.length; i++) {
        if (halves[i] == half) {
          members.add(points.get(i));
        }
      }
      if (!members.isEmpty()) {
        parts.add(members);
      }
    }
    return parts;
  }
}
