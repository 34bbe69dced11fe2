package io.itinera.core.match;

import java.util.Arrays;

/** Union-find over records, each group known by its smallest number. */
final class Forest {

  private final int[] above;

  Forest(int size) {
    above = new int[size];
    Arrays.setAll(above, record -> record);
  }

  int root(int record) {
    int root = record;
    while (above[root] != root) {
      above[root] = above[above[root]];
      root = above[root];
    }
    return root;
  }

  /** Joins two groups; the smallest number of both. */
  int join(int one, int other) {
    int left = root(one);
    int right = root(other);
    above[Math.max(left, right)] = Math.min(left, right);
    return Math.min(left, right);
  }

  /** Of each record its group. */
  int[] groups() {
    int[] groups = new int[above.length];
    Arrays.setAll(groups, this::root);
    return groups;
  }
}
