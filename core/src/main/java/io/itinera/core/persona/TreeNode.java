package io.itinera.core.persona;

/** A node of a decision tree that parts the members of a group from all others. */
sealed interface TreeNode {

  /**
   * Where the tree ends.
   *
   * @param customers how many customers came here
   * @param members how many of them are in the group
   */
  record Leaf(int customers, int members) implements TreeNode {

    double purity() {
      return (double) members / customers;
    }
  }

  /**
   * Where it parts.
   *
   * @param feature place of the feature that decides
   * @param threshold up to here, and including it, customers go to {@code upTo}
   */
  record Split(int feature, double threshold, TreeNode upTo, TreeNode above) implements TreeNode {}
}
