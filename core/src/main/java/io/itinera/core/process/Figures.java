package io.itinera.core.process;

import java.util.Arrays;

/** Counts of something that cases do, and exact sums of a number that goes with it. */
final class Figures {

  /** So many numbers a {@link #numbers} has. */
  private static final int SIZE = 8;

  private static final int LOW = 32;
  private static final long LOW_BITS = 0xFFFF_FFFFL;

  private long count;
  private long cases;
  private long measured;
  private long sum;
  private long squaresLow;
  private long squaresHigh;
  private long least = Long.MAX_VALUE;
  private long most = Long.MIN_VALUE;
  private long lastCase;

  /** Counts it once, in the case of this number, from 1. */
  void count(long number) {
    count++;
    if (number != lastCase) {
      lastCase = number;
      cases++;
    }
  }

  /** Adds a number that goes with it, 0 or more, below 2^31 in its square's root. */
  void measure(long number) {
    measured++;
    sum += number;
    long square = number * number;
    squaresLow += square & LOW_BITS;
    squaresHigh += square >>> LOW;
    least = Math.min(least, number);
    most = Math.max(most, number);
  }

  /** What another task has counted of the same. */
  void add(long... numbers) {
    count += numbers[0];
    cases += numbers[1];
    measured += numbers[2];
    sum += numbers[3];
    squaresLow += numbers[4];
    squaresHigh += numbers[5];
    least = Math.min(least, numbers[6]);
    most = Math.max(most, numbers[7]);
  }

  /** All of it, as {@link #add} takes it. */
  long[] numbers() {
    long[] numbers = new long[SIZE];
    long[] all = {count, cases, measured, sum, squaresLow, squaresHigh, least, most};
    System.arraycopy(all, 0, numbers, 0, SIZE);
    return numbers;
  }

  long count() {
    return count;
  }

  long cases() {
    return cases;
  }

  long measured() {
    return measured;
  }

  long sum() {
    return sum;
  }

  /** The mean; null without any. */
  Double mean() {
    return measured == 0 ? null : (Double) ((double) sum / measured);
  }

  /** The standard deviation of all; null without any. */
  Double deviation() {
    if (measured == 0) {
      return null;
    }
    double mean = (double) sum / measured;
    double squares = (squaresHigh * 0x1p32 + squaresLow) / measured;
    return Math.sqrt(Math.max(0, squares - mean * mean));
  }

  Long least() {
    return measured == 0 ? null : (Long) least;
  }

  Long most() {
    return measured == 0 ? null : (Long) most;
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers());
  }
}
