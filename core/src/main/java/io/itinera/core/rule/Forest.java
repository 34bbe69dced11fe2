package io.itinera.core.rule;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A growing union-find over 64-bit nodes: open addressing and two int arrays, so that millions of
 * edges fit into one task.
 */
public final class Forest {

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final double FULLEST = 0.6;
  private static final int FREE = 0;

  private long[] nodes = new long[FIRST_CAPACITY];
  private int[] parents = new int[FIRST_CAPACITY];
  private int[] slots = new int[FIRST_CAPACITY * 2];
  private int size;

  /** A forest of so many trees: the nodes from 0 on, each at the place of its number. */
  public static Forest of(int nodes) {
    Forest forest = new Forest();
    for (int node = 0; node < nodes; node++) {
      forest.index(node);
    }
    return forest;
  }

  /** Puts {@code left} and {@code right} into one tree, whose root is its smallest node. */
  public void union(long left, long right) {
    int a = rootIndex(index(left));
    int b = rootIndex(index(right));
    if (a == b) {
      return;
    }
    if (nodes[a] < nodes[b]) {
      parents[b] = a;
    } else {
      parents[a] = b;
    }
  }

  public int size() {
    return size;
  }

  public long node(int index) {
    return nodes[index];
  }

  /** Smallest node of the tree that the node at {@code index} is in. */
  public long root(int index) {
    return nodes[rootIndex(index)];
  }

  /** Of each place that of the root of its tree. */
  public int[] roots() {
    return IntStream.range(0, size).map(this::rootIndex).toArray();
  }

  /** Place of that node. */
  public int rootIndex(int start) {
    int root = start;
    while (parents[root] != root) {
      root = parents[root];
    }
    int at = start;
    while (parents[at] != root) {
      int next = parents[at];
      parents[at] = root;
      at = next;
    }
    return root;
  }

  /** Place of a node, or -1 if it was never added. */
  public int find(long node) {
    return slots[slotOf(node)] - 1;
  }

  /** Place of a node, which is added if it is new. */
  public int index(long node) {
    int slot = slotOf(node);
    if (slots[slot] != FREE) {
      return slots[slot] - 1;
    }
    if (size + 1 > slots.length * FULLEST) {
      grow();
      slot = slotOf(node);
    }
    if (size == nodes.length) {
      nodes = Arrays.copyOf(nodes, size * 2);
      parents = Arrays.copyOf(parents, size * 2);
    }
    nodes[size] = node;
    parents[size] = size;
    slots[slot] = size + 1;
    return size++;
  }

  private int slotOf(long node) {
    int mask = slots.length - 1;
    // The nodes are hashes already, but test data need not be: mix once more.
    long mixed = node * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (slots[slot] != FREE && nodes[slots[slot] - 1] != node) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int i = 0; i < size; i++) {
      slots[slotOf(nodes[i])] = i + 1;
    }
  }
}
