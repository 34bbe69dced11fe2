package io.itinera.jobs.read;

import java.util.Arrays;

/**
 * Numbers the records of a file that have the same text, in their order. Of each text only a hash
 * of 64 bits is remembered, so that a file of millions of lines takes some tens of megabytes.
 */
final class EqualRecords {

  private static final int FIRST_SIZE = 1 << 10;
  private static final long FIRST_PRIME = 0x9E3779B97F4A7C15L;
  private static final long SECOND_PRIME = 0xC2B2AE3D27D4EB4FL;

  private long[] hashes = new long[FIRST_SIZE];
  private int[] counts = new int[FIRST_SIZE];
  private int size;

  /** The ordinal of the next record among those of its text, from 1. */
  int of(String text) {
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

  /** Two sums that mix all characters in two ways, so that no few changes leave both alike. */
  private static long hash(String text) {
    if (text == null) {
      return 0;
    }
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FIRST_PRIME;
      hash ^= hash >>> 29;
    }
    return (hash ^ (hash >>> 31)) * SECOND_PRIME;
  }
}
