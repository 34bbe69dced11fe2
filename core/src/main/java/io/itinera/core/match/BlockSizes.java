package io.itinera.core.match;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many blocks there are of each size.
 *
 * @param counts size to number of blocks
 */
record BlockSizes(SortedMap<Long, Long> counts) {

  private static final long SMALLEST = 2;

  BlockSizes() {
    this(new TreeMap<>());
  }

  void add(long size, long blocks) {
    counts.merge(size, blocks, Long::sum);
  }

  /** The largest size of blocks with which all of them stay within {@code budget} pairs. */
  int largest(long budget) {
    long pairs = 0;
    long largest = SMALLEST;
    for (Map.Entry<Long, Long> size : counts.entrySet()) {
      pairs += size.getValue() * pairs(size.getKey());
      if (pairs > budget) {
        break;
      }
      largest = Math.max(largest, size.getKey());
    }
    return Math.toIntExact(largest);
  }

  /** Pairs of blocks up to a size; one that several rules bring together counts for each. */
  long pairsUpTo(long largest) {
    return counts.headMap(largest + 1).entrySet().stream()
        .mapToLong(size -> size.getValue() * pairs(size.getKey()))
        .sum();
  }

  /** Records of blocks up to a size; one counts for each of its blocks. */
  long recordsUpTo(long largest) {
    return counts.headMap(largest + 1).entrySet().stream()
        .filter(size -> size.getKey() >= SMALLEST)
        .mapToLong(size -> size.getValue() * size.getKey())
        .sum();
  }

  /** Blocks up to a size that have a pair. */
  long blocksUpTo(long largest) {
    return counts.headMap(largest + 1).tailMap(SMALLEST).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static long pairs(long size) {
    return size * (size - 1) / 2;
  }
}
