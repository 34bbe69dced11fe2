package io.itinera.core.identity;

import io.itinera.core.rule.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the identifiers of a component into groups, edge by edge in the order that is given, unless
 * the joined group would break a rule: Kruskal's way over a union-find (Kruskal, On the Shortest
 * Spanning Subtree of a Graph, 1956) whose trees carry what the rules count.
 *
 * <p>It keeps some twenty bytes for each identifier, and four more for each limited type; nothing
 * of the edges. A component of a million of them takes some tens of megabytes.
 */
final class JoinGroups {

  /** What became of an edge. */
  enum Verdict {
    /** Its identifiers are in one group. */
    JOINED,
    /** The group would have too many identifiers of one type. */
    CONFLICT,
    /** The group would have two identifiers that must be kept apart. */
    DENIED,
    /** The group would have too many identifiers. */
    OVER_LIMIT
  }

  /**
   * An edge.
   *
   * @param left a number of one identifier
   * @param leftKind place of its type in {@link GroupLimits#types}, or {@link
   *     GroupLimits#UNLIMITED}
   * @param right a number of the other identifier
   * @param rightKind the same of its type
   */
  record Edge(long left, int leftKind, long right, int rightKind) {}

  private final int[] most;
  private final int mostIdentifiers;
  private final Forest forest = new Forest();
  private final Map<Long, List<Long>> strangers = new HashMap<>();
  private final Map<Integer, List<Long>> guarded = new HashMap<>();
  private int[] sizes = new int[0];
  private int[][] counts;
  private int conflicting = GroupLimits.UNLIMITED;

  JoinGroups(GroupLimits limits) {
    most = limits.types().stream().mapToInt(limits.perType()::get).toArray();
    mostIdentifiers = limits.identifiers();
    counts = new int[most.length][0];
  }

  /** Keeps two identifiers apart, whatever names them together; said before any of them joins. */
  void keepApart(long one, long other) {
    strangers.computeIfAbsent(one, node -> new ArrayList<>()).add(other);
    strangers.computeIfAbsent(other, node -> new ArrayList<>()).add(one);
  }

  /** Joins the groups of two identifiers that were seen together. */
  Verdict join(Edge edge) {
    return join(edge, false);
  }

  /**
   * Joins the groups of two identifiers of whom somebody says that they are the same person's.
   * Joined so, two of one type count as one towards its limit.
   */
  Verdict joinAsSame(Edge edge) {
    return join(edge, true);
  }

  /** Place in {@link GroupLimits#types} of the type that the last conflict was about. */
  int conflictingKind() {
    return conflicting;
  }

  /** How many identifiers it has met. */
  int size() {
    return forest.size();
  }

  /** Number of the identifier that it met as the one at {@code place}. */
  long node(int place) {
    return forest.node(place);
  }

  /** The smallest number of the group that an identifier is in: itself, if it has met no other. */
  long groupOf(long node) {
    return forest.root(forest.index(node));
  }

  private Verdict join(Edge edge, boolean isSame) {
    int left = forest.rootIndex(meet(edge.left(), edge.leftKind()));
    int right = forest.rootIndex(meet(edge.right(), edge.rightKind()));
    if (left == right) {
      return Verdict.JOINED;
    }
    int shared = isSame && edge.leftKind() == edge.rightKind() ? edge.leftKind() : -1;
    Verdict verdict = verdict(left, right, shared);
    if (verdict == Verdict.JOINED) {
      forest.union(edge.left(), edge.right());
      int root = forest.rootIndex(left);
      sizes[root] = sizes[left] + sizes[right];
      for (int kind = 0; kind < most.length; kind++) {
        counts[kind][root] = count(kind, left, right, shared);
      }
      guard(root, left, right);
    }
    return verdict;
  }

  private Verdict verdict(int left, int right, int shared) {
    if (areStrangers(left, right)) {
      return Verdict.DENIED;
    }
    for (int kind = 0; kind < most.length; kind++) {
      if (count(kind, left, right, shared) > most[kind]) {
        conflicting = kind;
        return Verdict.CONFLICT;
      }
    }
    return sizes[left] + sizes[right] > mostIdentifiers ? Verdict.OVER_LIMIT : Verdict.JOINED;
  }

  private int count(int kind, int left, int right, int shared) {
    int together = counts[kind][left] + counts[kind][right];
    return kind == shared ? together - 1 : together;
  }

  /** Whether a member of one group must be kept apart from a member of the other. */
  private boolean areStrangers(int left, int right) {
    List<Long> lefts = guarded.getOrDefault(left, List.of());
    List<Long> rights = guarded.getOrDefault(right, List.of());
    List<Long> fewer = lefts.size() < rights.size() ? lefts : rights;
    int other = lefts.size() < rights.size() ? right : left;
    // Of strangers, some may be in no edge of this component: they stay outside of it.
    return fewer.stream()
        .flatMap(node -> strangers.get(node).stream())
        .mapToInt(forest::find)
        .anyMatch(place -> place >= 0 && forest.rootIndex(place) == other);
  }

  private void guard(int root, int left, int right) {
    List<Long> both = new ArrayList<>(guarded.getOrDefault(left, List.of()));
    both.addAll(guarded.getOrDefault(right, List.of()));
    guarded.remove(left);
    guarded.remove(right);
    if (!both.isEmpty()) {
      guarded.put(root, both);
    }
  }

  private int meet(long node, int kind) {
    int index = forest.index(node);
    if (forest.size() > sizes.length) {
      int room = Math.max(16, 2 * forest.size());
      sizes = Arrays.copyOf(sizes, room);
      counts = Arrays.stream(counts).map(old -> Arrays.copyOf(old, room)).toArray(int[][]::new);
    }
    if (sizes[index] == 0) {
      sizes[index] = 1;
      if (kind >= 0) {
        counts[kind][index] = 1;
      }
      if (strangers.containsKey(node)) {
        guarded.put(index, List.of(node));
      }
    }
    return index;
  }
}
