package io.itinera.core.match;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Records sorted by their keys, as one sort of numbers: the low bits of a key give way to the
 * record's number.
 */
final class KeyOrder {

  private KeyOrder() {}

  /** The records that have a key, those of one key side by side, in their own order. */
  static int[] of(long[] keys) {
    int count = (int) Arrays.stream(keys).filter(key -> key != 0).count();
    long[] sorted = new long[count];
    int next = 0;
    for (int record = 0; record < keys.length; record++) {
      if (keys[record] != 0) {
        sorted[next++] = (keys[record] & ~mask(keys.length)) | record;
      }
    }
    Arrays.sort(sorted);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) (sorted[i] & mask(keys.length));
    }
    return apart(order, keys);
  }

  /** Low bits, which hold the number of a record. */
  private static long mask(int records) {
    return (Long.highestOneBit(Math.max(1, records)) << 1) - 1;
  }

  /** Keys that differ only in the bits that were lent to the record's number. */
  private static int[] apart(int[] order, long[] keys) {
    long high = ~mask(keys.length);
    int start = 0;
    while (start < order.length) {
      int end = start + 1;
      boolean areMixed = false;
      while (end < order.length && (keys[order[end]] & high) == (keys[order[start]] & high)) {
        areMixed |= keys[order[end]] != keys[order[start]];
        end++;
      }
      if (areMixed) {
        Integer[] some = Arrays.stream(order, start, end).boxed().toArray(Integer[]::new);
        Arrays.sort(
            some,
            Comparator.<Integer>comparingLong(record -> keys[record])
                .thenComparing(record -> record));
        for (int i = start; i < end; i++) {
          order[i] = some[i - start];
        }
      }
      start = end;
    }
    return order;
  }
}
