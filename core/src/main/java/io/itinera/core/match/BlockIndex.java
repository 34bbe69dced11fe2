package io.itinera.core.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which records are in one block, by every rule.
 *
 * <p>Blocks so large that they would bring more pairs than the rules allow are left out, the
 * largest first: what many records have in common says little. A pair that several rules bring
 * together comes from the first of them only.
 */
public final class BlockIndex {

  private final long[][] keys;
  private final int[][] orders;
  private final int largest;
  private final long pairs;

  private BlockIndex(long[][] keys, int[][] orders, int largest, long pairs) {
    this.keys = keys;
    this.orders = orders;
    this.largest = largest;
    this.pairs = pairs;
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
    return of(records, rules, 0);
  }

  /**
   * The blocks of all records.
   *
   * @param most records of the largest block there may be; 0: as many as the number of pairs allows
   */
  public static BlockIndex of(RecordStore records, MatchRules rules, int most) {
    List<BlockRule> blocks = rules.blocks();
    long[][] keys = new long[blocks.size()][];
    int[][] orders = new int[blocks.size()][];
    IntStream.range(0, blocks.size())
        .parallel()
        .forEach(
            rule -> {
              keys[rule] = keys(records, blocks.get(rule));
              orders[rule] = KeyOrder.of(keys[rule]);
            });
    long budget =
        Math.max(MatchRules.FEWEST_PAIRS, (long) (rules.pairsPerRecord() * records.size()));
    int largest = most > 0 ? most : largest(keys, orders, budget);
    long pairs =
        IntStream.range(0, blocks.size())
            .parallel()
            .mapToLong(rule -> prune(keys[rule], orders, rule, largest))
            .sum();
    return new BlockIndex(keys, orders, largest, pairs);
  }

  int rules() {
    return keys.length;
  }

  /** Records of the largest block that is compared. */
  public int largestBlock() {
    return largest;
  }

  /** Pairs of all blocks; one that several rules bring together counts for each of them. */
  public long pairs() {
    return pairs;
  }

  /** All entries of a rule. */
  Stretch all(int rule) {
    return new Stretch(rule, 0, orders[rule].length);
  }

  /**
   * A stretch of the entries of a rule.
   *
   * @param from the first entry
   * @param to the entry after the last
   */
  public record Stretch(int rule, int from, int to) implements java.io.Serializable {}

  /** All entries of all rules, in stretches of {@code length}. */
  public List<Stretch> stretches(int length) {
    List<Stretch> stretches = new ArrayList<>();
    for (int rule = 0; rule < orders.length; rule++) {
      for (int from = 0; from < orders[rule].length; from += length) {
        int to = Math.min(orders[rule].length, from + length);
        stretches.add(new Stretch(rule, from, to));
      }
    }
    return stretches;
  }

  /** The pairs of the blocks that begin in a stretch. */
  public void forEach(Stretch stretch, Pairs pairs) {
    forEach(stretch, record -> true, pairs);
  }

  /**
   * The pairs of the blocks that begin in a stretch, of which one record at least is new.
   *
   * @param isNew tells new records
   */
  public void forEach(Stretch stretch, IntPredicate isNew, Pairs pairs) {
    long[] key = keys[stretch.rule()];
    int[] order = orders[stretch.rule()];
    int start = stretch.from();
    while (start > 0 && start < order.length && key[order[start]] == key[order[start - 1]]) {
      start++;
    }
    while (start < stretch.to() && start < order.length) {
      int end = end(key, order, start);
      for (int i = start; i < end; i++) {
        boolean isOneNew = isNew.test(order[i]);
        for (int j = i + 1; j < end; j++) {
          int rules =
              isOneNew || isNew.test(order[j]) ? common(stretch.rule(), order[i], order[j]) : 0;
          if (rules != 0) {
            pairs.pair(order[i], order[j], rules);
          }
        }
      }
      start = end;
    }
  }

  /** Whether any rule brings two records together. */
  public boolean isPair(int left, int right) {
    for (long[] key : keys) {
      if (key[left] != 0 && key[left] == key[right]) {
        return true;
      }
    }
    return false;
  }

  /** Adds to {@code found} all records that are in a block in which {@code others} would be. */
  public void addNeighbours(RecordStore others, MatchRules rules, BitSet found) {
    for (int rule = 0; rule < keys.length; rule++) {
      Set<Long> left = new HashSet<>();
      Arrays.stream(keys(others, rules.blocks().get(rule))).forEach(left::add);
      for (int record = 0; record < keys[rule].length; record++) {
        if (keys[rule][record] != 0 && left.contains(keys[rule][record])) {
          found.set(record);
        }
      }
    }
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

  private static long[] keys(RecordStore records, BlockRule rule) {
    return IntStream.range(0, records.size())
        .mapToLong(record -> rule.key(records.get(record)))
        .toArray();
  }

  /** The largest size of blocks with which all of them stay within {@code budget} pairs. */
  private static int largest(long[][] keys, int[][] orders, long budget) {
    TreeMap<Integer, Long> sizes = new TreeMap<>();
    for (int rule = 0; rule < keys.length; rule++) {
      int start = 0;
      while (start < orders[rule].length) {
        int end = end(keys[rule], orders[rule], start);
        sizes.merge(end - start, 1L, Long::sum);
        start = end;
      }
    }
    long pairs = 0;
    int largest = 2;
    for (Map.Entry<Integer, Long> size : sizes.entrySet()) {
      pairs += size.getValue() * (size.getKey() * (size.getKey() - 1L) / 2);
      if (pairs > budget) {
        break;
      }
      largest = Math.max(largest, size.getKey());
    }
    return largest;
  }

  private static int end(long[] keys, int[] order, int start) {
    int end = start + 1;
    while (end < order.length && keys[order[end]] == keys[order[start]]) {
      end++;
    }
    return end;
  }

  /** Leaves out blocks that are too large and those of one record; the pairs of the others. */
  private static long prune(long[] keys, int[][] orders, int rule, int largest) {
    int[] order = orders[rule];
    int[] kept = new int[order.length];
    int count = 0;
    long pairs = 0;
    int start = 0;
    while (start < order.length) {
      int end = end(keys, order, start);
      int size = end - start;
      if (size > largest || size == 1) {
        long key = keys[order[start]];
        for (int i = start; i < end; i++) {
          if (keys[order[i]] == key) {
            keys[order[i]] = 0;
          }
        }
      } else {
        System.arraycopy(order, start, kept, count, size);
        count += size;
        pairs += size * (size - 1L) / 2;
      }
      start = end;
    }
    orders[rule] = Arrays.copyOf(kept, count);
    return pairs;
  }
}
