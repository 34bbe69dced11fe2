package io.itinera.core.match;

import io.itinera.core.rule.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Joins records into persons, the surest pair first, and holds back what would make one person of
 * two.
 *
 * <p>Two groups become one only if the pairs across them agree on the whole: a single pair that
 * looks alike does not outweigh all others that do not. So a low threshold does not make everybody
 * one person through chains of half likenesses (average linkage over the forest of Kruskal).
 */
public final class GroupRecords {

  /** A pair counts so many bits at most, for or against: one does not outvote all others. */
  private static final double MOST_BITS = 10;

  /** So many pairs across two groups are looked at. */
  private static final int MOST_PAIRS = 400;

  private final MatchRules.GroupRules rules;
  private final ScorePairs score;
  private final int[] sources;
  private final boolean hasAlone;
  private final Forest forest;
  private final int[][] members;

  private GroupRecords(Input input) {
    rules = input.rules();
    score = input.score();
    sources = input.sources();
    hasAlone = Arrays.stream(sources).anyMatch(source -> source >= 0);
    forest = Forest.of(input.size());
    members = new int[input.size()][];
  }

  /**
   * What is grouped.
   *
   * @param size number of records
   * @param score weighs pairs
   * @param rules what holds for groups
   * @param sources of each record the number of its source, if a person has one record of it at
   *     most; else -1
   */
  @SuppressWarnings("ArrayRecordComponent") // One number for each record.
  public record Input(int size, ScorePairs score, MatchRules.GroupRules rules, int[] sources) {}

  /** Two records that look like one person's, and how much. */
  public record Edge(int left, int right, double weight) {

    /** The surest first; ties by the records' numbers. */
    public static final Comparator<Edge> SUREST =
        Comparator.comparingDouble(Edge::weight)
            .reversed()
            .thenComparingInt(Edge::left)
            .thenComparingInt(Edge::right);
  }

  /** What became of an edge. */
  public enum Verdict {
    /** Its records are one person's. */
    USED,
    /** It would join two groups that do not look like one person. */
    REVIEW,
    /** It would give a person two records of a source that has one for each. */
    CONFLICT
  }

  /**
   * Groups of records.
   *
   * @param groups of each record the smallest number of its group
   * @param verdicts of each edge, in the order of {@link Edge#SUREST}
   * @param edges in that order
   * @param joins of each edge the pairs that it made one person's, 0 if it joined nothing
   */
  @SuppressWarnings("ArrayRecordComponent") // One number for each record or edge.
  public record Groups(int[] groups, List<Verdict> verdicts, List<Edge> edges, long[] joins) {}

  /** Groups records by the edges between them. */
  public static Groups group(Input input, List<Edge> edges) {
    GroupRecords grouping = new GroupRecords(input);
    Edge[] sorted = edges.toArray(Edge[]::new);
    Arrays.sort(sorted, Edge.SUREST);
    List<Verdict> verdicts = new ArrayList<>(sorted.length);
    long[] joins = new long[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      int left = grouping.forest.rootIndex(sorted[i].left());
      int right = grouping.forest.rootIndex(sorted[i].right());
      Verdict verdict = left == right ? Verdict.USED : grouping.verdict(left, right);
      if (left != right && verdict == Verdict.USED) {
        joins[i] = grouping.join(left, right);
      }
      verdicts.add(verdict);
    }
    // Held back early, and one group all the same later on.
    for (int i = 0; i < sorted.length; i++) {
      if (grouping.forest.rootIndex(sorted[i].left())
          == grouping.forest.rootIndex(sorted[i].right())) {
        verdicts.set(i, Verdict.USED);
      }
    }
    return new Groups(grouping.forest.roots(), verdicts, List.of(sorted), joins);
  }

  private Verdict verdict(int left, int right) {
    int[] lefts = membersOf(left);
    int[] rights = membersOf(right);
    if (haveCommonSource(lefts, rights)) {
      return Verdict.CONFLICT;
    }
    return lefts.length * (long) rights.length == 1 || meanWeight(lefts, rights) >= rules.weight()
        ? Verdict.USED
        : Verdict.REVIEW;
  }

  private boolean haveCommonSource(int[] lefts, int[] rights) {
    if (!hasAlone) {
      return false;
    }
    for (int left : lefts) {
      for (int right : rights) {
        if (sources[left] >= 0 && sources[left] == sources[right]) {
          return true;
        }
      }
    }
    return false;
  }

  private double meanWeight(int[] lefts, int[] rights) {
    long all = (long) lefts.length * rights.length;
    long step = Math.max(1, (all + MOST_PAIRS - 1) / MOST_PAIRS);
    double sum = 0;
    int count = 0;
    for (long pair = 0; pair < all; pair += step) {
      int left = lefts[(int) (pair / rights.length)];
      int right = rights[(int) (pair % rights.length)];
      double weight = score.weight(left, right);
      sum += Math.max(-MOST_BITS, Math.min(MOST_BITS, weight));
      count++;
    }
    return sum / count;
  }

  private int[] membersOf(int root) {
    return members[root] == null ? new int[] {root} : members[root];
  }

  private long join(int left, int right) {
    int[] lefts = membersOf(left);
    int[] rights = membersOf(right);
    forest.union(left, right);
    int root = forest.rootIndex(left);
    int[] both = Arrays.copyOf(lefts, lefts.length + rights.length);
    System.arraycopy(rights, 0, both, lefts.length, rights.length);
    Arrays.sort(both);
    members[left] = null;
    members[right] = null;
    members[root] = both;
    return (long) lefts.length * rights.length;
  }
}
