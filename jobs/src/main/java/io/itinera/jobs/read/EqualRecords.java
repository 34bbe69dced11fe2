package io.itinera.jobs.read;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers the records of a file that have the same text, in their order. Of each text only a hash
 * of 64 bits is remembered, so that a file of millions of lines takes some tens of megabytes.
 */
final class EqualRecords {

  private static final int FIRST_SIZE = 1 << 10;
  private static final long SEED = 0x9E3779B97F4A7C15L;

  private long[] hashes = new long[FIRST_SIZE];
  private int[] counts = new int[FIRST_SIZE];
  private int size;

  /** The ordinal of the next record among those of its text, from 1. */
  int of(UTF8String text) {
    if (2 * size >= hashes.length) {
      grow();
    }
    long hash = hash(text);
    int place = placeOf(hash);
    if (counts[place] == 0) {
      hashes[place] = hash;
      size++;
    }
    return ++counts[place];
  }

  private int placeOf(long hash) {
    int place = (int) (hash >>> 32) & (hashes.length - 1);
    while (counts[place] != 0 && hashes[place] != hash) {
      place = (place + 1) & (hashes.length - 1);
    }
    return place;
  }

  private void grow() {
    long[] before = hashes;
    int[] countsBefore = counts;
    hashes = new long[2 * before.length];
    counts = new int[2 * before.length];
    for (int i = 0; i < before.length; i++) {
      if (countsBefore[i] != 0) {
        int place = placeOf(before[i]);
        hashes[place] = before[i];
        counts[place] = countsBefore[i];
      }
    }
    Arrays.fill(countsBefore, 0);
  }

  private static long hash(UTF8String text) {
    return text == null
        ? 0
        : XXH64.hashUnsafeBytes(text.getBaseObject(), text.getBaseOffset(), text.numBytes(), SEED);
  }
}
