package io.itinera.core.process;

import java.util.Arrays;

/**
 * Two steps of journeys: how often one follows the other at any later time, after how long, and
 * which constraints journeys with both keep to; apart by {@link Age}.
 */
final class PairTally {

  /** What is counted of each age: journeys with both, and those of them that keep to … */
  static final int TOGETHER = 0;

  static final int RESPONSE = 1;
  static final int PRECEDENCE = 2;
  static final int SUCCESSION = 3;

  /** Journeys in which the second comes at any time after the first time of the first. */
  static final int FOLLOWS = 4;

  private static final int KINDS = 5;
  private static final int AGES = Age.COUNT;

  private final long[] counts = new long[KINDS * AGES];
  private final Figures usual = new Figures();
  private final Longs newer = new Longs();

  void together(Age age, boolean isResponse, boolean isPrecedence) {
    int from = age.place() * KINDS;
    counts[from + TOGETHER]++;
    counts[from + RESPONSE] += isResponse ? 1 : 0;
    counts[from + PRECEDENCE] += isPrecedence ? 1 : 0;
    counts[from + SUCCESSION] += isResponse && isPrecedence ? 1 : 0;
  }

  void follows(Age age, long seconds) {
    counts[age.place() * KINDS + FOLLOWS]++;
    if (age == Age.LEARNT) {
      usual.measure(seconds);
    } else {
      newer.add(seconds << 1 | (age == Age.NIGHT ? 1 : 0));
    }
  }

  /** What another task has counted of the same pair. */
  void add(long... numbers) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += numbers[i];
    }
    usual.add(Arrays.copyOfRange(numbers, counts.length, numbers.length));
  }

  long count(Age age, int kind) {
    return counts[age.place() * KINDS + kind];
  }

  /** Times of the journeys that tell what is usual, in seconds. */
  Figures usual() {
    return usual;
  }

  /** All that can be added up, as {@link #add} takes it. */
  long[] numbers() {
    long[] figures = usual.numbers();
    long[] all = Arrays.copyOf(counts, counts.length + figures.length);
    System.arraycopy(figures, 0, all, counts.length, figures.length);
    return all;
  }

  /** Times of journeys to be checked, twice the seconds; 1 more for those of this night. */
  byte[] newer() {
    return newer.bytes();
  }
}
