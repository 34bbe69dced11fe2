package io.itinera.core.match;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How common the values of each field are: two who share a rare surname are rather one person than
 * two who share a common one.
 *
 * <p>It counts persons, not records: somebody with ten records does not make a surname common.
 * Values are known by their hashes only; one that no two persons share is not kept, of very many
 * persons one that no three share.
 */
public final class Frequencies implements Serializable {

  private static final long serialVersionUID = 1;

  private static final int MANY = 200_000;

  private final long[][] hashes;
  private final float[][] logs;
  private final float[] rarest;

  /**
   * Frequencies that were counted before.
   *
   * @param hashes of each field's values that several persons share, ascending
   * @param logs their frequencies, as logarithms to base 2
   * @param rarest of each field the same of all other values
   */
  public Frequencies(long[][] hashes, float[][] logs, float[] rarest) {
    this.rarest = rarest.clone();
    this.hashes = new long[hashes.length][];
    this.logs = new float[hashes.length][];
    for (int field = 0; field < hashes.length; field++) {
      table(field, hashes[field], logs[field]);
    }
  }

  private void table(int field, long[] keys, float[] values) {
    int room = Integer.highestOneBit(Math.max(1, keys.length)) * 4;
    hashes[field] = new long[room];
    logs[field] = new float[room];
    for (int i = 0; i < keys.length; i++) {
      int place = (int) keys[i] & room - 1;
      while (hashes[field][place] != 0) {
        place = place + 1 & room - 1;
      }
      hashes[field][place] = keys[i];
      logs[field][place] = values[i];
    }
  }

  /**
   * Counts.
   *
   * @param persons of each record the number of its person, as far as known
   */
  static Frequencies count(RecordStore records, int fields, int[] persons) {
    int[] before = before(persons);
    long[][] hashes = new long[fields][];
    float[][] logs = new float[fields][];
    float[] rarest = new float[fields];
    IntStream.range(0, fields)
        .parallel()
        .forEach(
            field -> {
              long[] values = values(records, field, before);
              rarest[field] = log2(1.0 / Math.max(1, values.length));
              int shared = shared(values, new long[0], new float[0]);
              hashes[field] = new long[shared];
              logs[field] = new float[shared];
              shared(values, hashes[field], logs[field]);
            });
    return new Frequencies(hashes, logs, rarest);
  }

  /** Number of different values that stand more than once; fills what has room for them. */
  private static int shared(long[] values, long[] hashes, float[] logs) {
    int fewest = values.length > MANY ? 3 : 2;
    int count = 0;
    int start = 0;
    while (start < values.length) {
      int end = start + 1;
      while (end < values.length && values[end] == values[start]) {
        end++;
      }
      if (end - start >= fewest) {
        if (count < hashes.length) {
          hashes[count] = values[start];
          logs[count] = log2((double) (end - start) / values.length);
        }
        count++;
      }
      start = end;
    }
    return count;
  }

  /** Of each record the one before it of the same person, or -1. */
  private static int[] before(int[] persons) {
    int[] last = new int[persons.length];
    Arrays.fill(last, -1);
    int[] before = new int[persons.length];
    for (int record = 0; record < persons.length; record++) {
      before[record] = last[persons[record]];
      last[persons[record]] = record;
    }
    return before;
  }

  /** Hashes of a field's values, each once for a person, sorted. */
  private static long[] values(RecordStore records, int field, int[] before) {
    long[] values = new long[records.size()];
    int count = 0;
    for (int record = 0; record < values.length; record++) {
      Term term = records.get(record)[field];
      if (term != null && !isRepeated(records, field, before, record)) {
        values[count++] = term.hash();
      }
    }
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static boolean isRepeated(RecordStore records, int field, int[] before, int record) {
    Term term = records.get(record)[field];
    int looks = 0;
    for (int other = before[record]; other >= 0 && looks < 50; other = before[other]) {
      Term there = records.get(other)[field];
      if (there != null && there.text().equals(term.text())) {
        return true;
      }
      looks++;
    }
    return false;
  }

  /** The logarithm, to base 2, of how often a value of a field is met. */
  float log(int field, Term term) {
    long[] keys = hashes[field];
    long hash = term.hash();
    int place = (int) hash & keys.length - 1;
    while (keys[place] != 0) {
      if (keys[place] == hash) {
        return logs[field][place];
      }
      place = place + 1 & keys.length - 1;
    }
    return rarest[field];
  }

  /** Of a field the values that several persons share, by their hashes; and how common each is. */
  public void forEach(int field, java.util.function.BiConsumer<Long, Float> value) {
    for (int place = 0; place < hashes[field].length; place++) {
      if (hashes[field][place] != 0) {
        value.accept(hashes[field][place], logs[field][place]);
      }
    }
  }

  /** Of a field, how common all values are that no two persons share. */
  public float rarest(int field) {
    return rarest[field];
  }

  static float log2(double share) {
    return (float) (Math.log(share) / Math.log(2));
  }
}
