package io.itinera.jobs.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The ids that one task has seen, as hashes of 64 bits, as long as they are not too many to be held
 * in memory. Where no two hashes are alike, no two ids are.
 */
final class SeenIds {

  /** So many are held of all tasks, in 64 MB. */
  static final int MOST = 8 << 20;

  private static final int FIRST_SIZE = 1 << 10;
  private static final long SEED = 42;

  private final int most;
  private long[] hashes = new long[FIRST_SIZE];
  private int size;

  /**
   * @param most so many are held
   */
  SeenIds(int most) {
    this.most = most;
  }

  void add(UTF8String id) {
    if (size == most) {
      hashes = null;
    }
    if (hashes == null) {
      return;
    }
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.min(2 * size, most));
    }
    hashes[size++] =
        XXH64.hashUnsafeBytes(id.getBaseObject(), id.getBaseOffset(), id.numBytes(), SEED);
  }

  /** All of them; null if there were too many. */
  long[] all() {
    return hashes == null ? null : Arrays.copyOf(hashes, size);
  }

  /**
   * Whether it is certain that the ids of all tasks differ.
   *
   * @param ofTasks as {@link #all} gives them
   */
  static boolean areDistinct(List<long[]> ofTasks) {
    if (ofTasks.stream().anyMatch(Objects::isNull)) {
      return false;
    }
    long[] all = ofTasks.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    for (int i = 1; i < all.length; i++) {
      if (all[i] == all[i - 1]) {
        return false;
      }
    }
    return true;
  }
}
