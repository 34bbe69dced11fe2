package io.itinera.core.process;

import io.itinera.core.process.CaseRules.Batches;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Runs of starts of one step, none of which is more than the gap behind the one before. Runs of
 * some starts and runs of others give the runs of all.
 */
final class Runs {

  /** Of a run its first start, its last, and how many. */
  private static final int SIZE = 3;

  private static final long MICROS_OF_SECOND = 1_000_000;

  private final long gap;
  private final Longs ended = new Longs();
  private long first;
  private long last;
  private long count;

  private Runs(long gap) {
    this.gap = gap;
  }

  /**
   * The runs of starts.
   *
   * @param starts in microseconds, ascending
   */
  static byte[] of(long[] starts, Batches batches) {
    Runs runs = new Runs(micros(batches));
    for (long start : starts) {
      runs.add(start, start, 1);
    }
    return runs.bytes();
  }

  /** The runs of all starts whose runs are {@code parts}. */
  static byte[] merged(List<byte[]> parts, Batches batches) {
    Runs runs = new Runs(micros(batches));
    PriorityQueue<Cursor> next = new PriorityQueue<>(Comparator.comparingLong(Cursor::first));
    parts.stream().filter(part -> part.length > 0).map(Cursor::new).forEach(next::add);
    while (!next.isEmpty()) {
      Cursor part = next.remove();
      runs.add(part.first(), part.number(1), part.number(2));
      if (part.moves()) {
        next.add(part);
      }
    }
    return runs.bytes();
  }

  /** What is told of runs: batches, starts in them, starts, the most in one, the longest. */
  static long[] batches(byte[] runs, Batches batches) {
    long[] told = {0, 0, 0, 0, -1};
    long[] numbers = Longs.of(runs);
    for (int i = 0; i < numbers.length; i += SIZE) {
      long size = numbers[i + 2];
      told[2] += size;
      if (size >= batches.least()) {
        told[0]++;
        told[1] += size;
        told[3] = Math.max(told[3], size);
        told[4] = Math.max(told[4], (numbers[i + 1] - numbers[i]) / MICROS_OF_SECOND);
      }
    }
    return told;
  }

  private static long micros(Batches batches) {
    return batches.gap().toNanos() / 1_000;
  }

  private void add(long from, long to, long starts) {
    if (count > 0 && from - last <= gap) {
      last = Math.max(last, to);
      count += starts;
      return;
    }
    end();
    first = from;
    last = to;
    count = starts;
  }

  private void end() {
    if (count > 0) {
      ended.add(first);
      ended.add(last);
      ended.add(count);
    }
  }

  private byte[] bytes() {
    end();
    return ended.bytes();
  }

  /** A place among the runs of one part. */
  private static final class Cursor {
    private final long[] runs;
    private int at;

    private Cursor(byte[] part) {
      this.runs = Longs.of(part);
    }

    private long first() {
      return runs[at];
    }

    private long number(int place) {
      return runs[at + place];
    }

    private boolean moves() {
      at += SIZE;
      return at < runs.length;
    }
  }
}
