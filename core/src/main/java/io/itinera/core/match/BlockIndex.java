package io.itinera.core.match;

import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Which records are in one block, by every rule, in memory: what a model is learned from.
 *
 * <p>Blocks so large that they would bring more pairs than the rules allow are left out, the
 * largest first. A pair that several rules bring together comes from the first of them only.
 */
public final class BlockIndex {

  private final long[][] keys;
  private final int[][] orders;
  private final double share;

  private BlockIndex(long[][] keys, int[][] orders, double share) {
    this.keys = keys;
    this.orders = orders;
    this.share = share;
  }

  /** Takes pairs, the record with the smaller number first. */
  @FunctionalInterface
  public interface Pairs {

    /**
     * One pair.
     *
     * @param rules bit set of the rules that bring it together
     */
    void pair(int left, int right, int rules);
  }

  /** The blocks of all records, the largest that there may be found by the number of pairs. */
  public static BlockIndex of(RecordStore records, MatchRules rules) {
    long[][] keys = keys(records, rules);
    BlockSizes sizes = new BlockSizes();
    for (long[] ofRule : keys) {
      forEachBlock(
          ofRule, KeyOrder.of(ofRule), (order, from, to) -> sizes.add((long) to - from, 1));
    }
    return of(keys, sizes.largest(rules.budget(records.size())));
  }

  /**
   * The blocks of all records.
   *
   * @param most records of the largest block there may be
   */
  static BlockIndex of(RecordStore records, MatchRules rules, int most) {
    return of(keys(records, rules), most);
  }

  private static BlockIndex of(long[][] keys, int most) {
    int[][] orders = new int[keys.length][];
    IntStream.range(0, keys.length)
        .parallel()
        .forEach(rule -> orders[rule] = kept(keys[rule], most));
    return new BlockIndex(keys, orders, 1);
  }

  /**
   * A part of the blocks of more records than these.
   *
   * @param records all of those in blocks whose keys {@link #isPicked}, and others
   * @param isKept tells blocks that are compared
   * @param share of the blocks that part
   */
  static BlockIndex sampled(
      RecordStore records, MatchRules rules, LongPredicate isKept, double share) {
    long[][] keys = keys(records, rules);
    int[][] orders = new int[keys.length][];
    for (int rule = 0; rule < keys.length; rule++) {
      long[] kept = Arrays.stream(keys[rule]).map(key -> isKept.test(key) ? key : 0).toArray();
      keys[rule] = kept;
      orders[rule] =
          KeyOrder.of(Arrays.stream(kept).map(key -> isPicked(key, share) ? key : 0).toArray());
    }
    return new BlockIndex(keys, orders, share);
  }

  /** Whether a block, or whatever a number stands for, is in a sample of {@code share} of all. */
  static boolean isPicked(long key, double share) {
    long hash = (key ^ key >>> 32) * 0xD6E8FEB86659FD93L;
    return key != 0 && ((hash ^ hash >>> 32) >>> 11) * 0x1.0p-53 < share;
  }

  int rules() {
    return keys.length;
  }

  /** Which part of all blocks is here. */
  double share() {
    return share;
  }

  /** Pairs of all blocks that are here; one that several rules bring together counts for each. */
  public long pairs() {
    long[] pairs = {0};
    for (int rule = 0; rule < keys.length; rule++) {
      forEachBlock(
          keys[rule],
          orders[rule],
          (order, from, to) -> pairs[0] += (to - from) * (to - from - 1L) / 2);
    }
    return pairs[0];
  }

  /** The pairs of the blocks of a rule. */
  public void forEach(int rule, Pairs pairs) {
    forEachBlock(
        keys[rule],
        orders[rule],
        (order, from, to) -> {
          for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
              int rules = common(rule, order[i], order[j]);
              if (rules != 0) {
                pairs.pair(order[i], order[j], rules);
              }
            }
          }
        });
  }

  /** The rules that bring two records together; 0 if an earlier one than {@code rule} does. */
  private int common(int rule, int left, int right) {
    for (int earlier = 0; earlier < rule; earlier++) {
      if (keys[earlier][left] != 0 && keys[earlier][left] == keys[earlier][right]) {
        return 0;
      }
    }
    int common = 1 << rule;
    for (int later = rule + 1; later < keys.length; later++) {
      if (keys[later][left] != 0 && keys[later][left] == keys[later][right]) {
        common |= 1 << later;
      }
    }
    return common;
  }

  private static long[][] keys(RecordStore records, MatchRules rules) {
    return rules.blocks().stream().map(records::keys).toArray(long[][]::new);
  }

  @FunctionalInterface
  private interface Block {
    void entries(int[] order, int from, int to);
  }

  private static void forEachBlock(long[] keys, int[] order, Block block) {
    int start = 0;
    while (start < order.length) {
      int end = start + 1;
      while (end < order.length && keys[order[end]] == keys[order[start]]) {
        end++;
      }
      block.entries(order, start, end);
      start = end;
    }
  }

  /** Leaves out blocks that are too large and those of one record; the records of the others. */
  private static int[] kept(long[] keys, int largest) {
    int[] order = KeyOrder.of(keys);
    int[] kept = new int[order.length];
    int[] count = {0};
    long[] before = keys.clone();
    forEachBlock(
        before,
        order,
        (all, from, to) -> {
          int size = to - from;
          if (size > largest || size == 1) {
            for (int i = from; i < to; i++) {
              keys[all[i]] = 0;
            }
          } else {
            System.arraycopy(all, from, kept, count[0], size);
            count[0] += size;
          }
        });
    return Arrays.copyOf(kept, count[0]);
  }
}
