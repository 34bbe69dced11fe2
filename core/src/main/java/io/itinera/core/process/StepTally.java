package io.itinera.core.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One step of journeys: how often it comes, when, and what comes behind it. */
final class StepTally {

  /** What is counted of the journeys of the window. */
  static final int JOURNEYS = 0;

  static final int EVENTS = 1;
  static final int REPEATING = 2;
  static final int LOOPS = 3;

  /** What is counted by age: journeys that have it, that begin with it, that have it once. */
  static final int HAVE = 0;

  static final int BEGIN = 1;
  static final int ONCE = 2;

  private static final int KINDS = 3;
  private static final int WHOLE = 4;
  private static final int COUNTS = WHOLE + KINDS * Age.COUNT;

  private final long[] counts = new long[COUNTS];
  private final Figures selfDistance = new Figures();
  private final Longs starts = new Longs();
  private final List<Longs> edges = new ArrayList<>();
  private final List<PairTally> pairs = new ArrayList<>();

  void count(int what) {
    counts[what]++;
  }

  void count(Age age, int what) {
    counts[WHOLE + age.place() * KINDS + what]++;
  }

  /** What another task has counted of the same step. */
  void add(long... numbers) {
    for (int i = 0; i < COUNTS; i++) {
      counts[i] += numbers[i];
    }
    selfDistance.add(Arrays.copyOfRange(numbers, COUNTS, numbers.length));
  }

  long counted(int what) {
    return counts[what];
  }

  long counted(Age age, int what) {
    return counts[WHOLE + age.place() * KINDS + what];
  }

  /** How many others lie between it and its next time. */
  Figures selfDistance() {
    return selfDistance;
  }

  void again(long othersBetween) {
    selfDistance.measure(othersBetween);
    counts[LOOPS] += othersBetween == 0 ? 1 : 0;
  }

  void start(long micros) {
    starts.add(micros);
  }

  long[] starts() {
    return starts.sorted();
  }

  /** Of the step of code {@code to} right behind it, {@link Spectrum#packed}. */
  Longs edge(int to) {
    while (edges.size() <= to) {
      edges.add(null);
    }
    if (edges.get(to) == null) {
      edges.set(to, new Longs());
    }
    return edges.get(to);
  }

  PairTally pair(int other) {
    while (pairs.size() <= other) {
      pairs.add(null);
    }
    if (pairs.get(other) == null) {
      pairs.set(other, new PairTally());
    }
    return pairs.get(other);
  }

  List<Longs> edges() {
    return edges;
  }

  List<PairTally> pairs() {
    return pairs;
  }

  /** All that can be added up, as {@link #add} takes it. */
  long[] numbers() {
    long[] figures = selfDistance.numbers();
    long[] all = Arrays.copyOf(counts, COUNTS + figures.length);
    System.arraycopy(figures, 0, all, COUNTS, figures.length);
    return all;
  }
}
