package io.itinera.core.match;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The pairs that a model is learned from: those of blocks, and any two records. */
final class TrainingPairs {

  /** So many pairs of blocks are looked at; of more, a part that their numbers pick. */
  static final int MOST = 400_000;

  private static final int ANY = 500_000;
  private static final long SEED = 42;

  final int fields;
  final int[] left;
  final int[] right;
  final int[] rules;
  final long[] patterns;
  final float[] logs;
  final long[] anyPatterns;

  /** Of all pairs of blocks the part that is looked at. */
  final double part;

  /** Of each pair how likely it is one person's, as it looks now. */
  final double[] isSame;

  /** Of each pair how likely it is of strangers. */
  final double[] isStranger;

  private TrainingPairs(int fields, Found found, double part, long[] anyPatterns) {
    this.fields = fields;
    this.part = part;
    this.anyPatterns = anyPatterns;
    left = Arrays.copyOf(found.left, found.count);
    right = Arrays.copyOf(found.right, found.count);
    rules = Arrays.copyOf(found.rules, found.count);
    patterns = Arrays.copyOf(found.patterns, found.count);
    logs = new float[found.count * fields];
    isSame = new double[found.count];
    isStranger = new double[found.count];
  }

  /** Pairs in the order in which they were found. */
  private static final class Found {
    private int[] left = new int[1024];
    private int[] right = new int[1024];
    private int[] rules = new int[1024];
    private long[] patterns = new long[1024];
    private int count;

    private void add(int one, int other, int by, long pattern) {
      if (count == left.length) {
        left = Arrays.copyOf(left, 2 * count);
        right = Arrays.copyOf(right, 2 * count);
        rules = Arrays.copyOf(rules, 2 * count);
        patterns = Arrays.copyOf(patterns, 2 * count);
      }
      left[count] = one;
      right[count] = other;
      rules[count] = by;
      patterns[count++] = pattern;
    }

    private Found with(Found next) {
      for (int i = 0; i < next.count; i++) {
        add(next.left[i], next.right[i], next.rules[i], next.patterns[i]);
      }
      return this;
    }
  }

  static TrainingPairs of(TrainingSample sample, MatchRules rules) {
    RecordStore records = sample.records();
    BlockIndex blocks = sample.blocks();
    Compare compare = new Compare(rules.fields());
    double part = Math.min(1, (double) MOST / Math.max(1, blocks.pairs()));
    Found found =
        IntStream.range(0, blocks.rules())
            .parallel()
            .mapToObj(rule -> found(records, blocks, rule, new Pick(compare, part)))
            .reduce(new Found(), (all, next) -> new Found().with(all).with(next));
    long[] any = any(records, sample.any(), compare);
    return new TrainingPairs(rules.fields().size(), found, part * blocks.share(), any);
  }

  private record Pick(Compare compare, double part) {}

  private static Found found(RecordStore records, BlockIndex blocks, int rule, Pick pick) {
    Found found = new Found();
    blocks.forEach(
        rule,
        (one, other, by) -> {
          if (pick.part() >= 1 || share(one, other) < pick.part()) {
            long pattern = pick.compare().pattern(records.get(one), records.get(other));
            found.add(one, other, by, pattern);
          }
        });
    return found;
  }

  /** A number in [0, 1) that two records always have. */
  private static double share(int one, int other) {
    long hash = ((long) one << 32 | other) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return (hash >>> 11) * 0x1.0p-53;
  }

  private static long[] any(RecordStore records, int size, Compare compare) {
    if (size < 2) {
      return new long[0];
    }
    long all = size * (size - 1L) / 2;
    if (all <= ANY) {
      return IntStream.range(0, size)
          .boxed()
          .flatMapToLong(
              one ->
                  IntStream.range(one + 1, size)
                      .mapToLong(other -> compare.pattern(records.get(one), records.get(other))))
          .toArray();
    }
    SplittableRandom random = new SplittableRandom(SEED);
    long[] pairs = random.longs(ANY, 0, (long) size * (size - 1)).toArray();
    return Arrays.stream(pairs)
        .parallel()
        .map(
            pair -> {
              int one = (int) (pair / (size - 1));
              int other = (int) (pair % (size - 1));
              return compare.pattern(
                  records.get(one), records.get(other >= one ? other + 1 : other));
            })
        .toArray();
  }

  int count() {
    return left.length;
  }

  /** Looks up how common the values are in which pairs agree exactly. */
  void lookUp(RecordStore records, Frequencies frequencies) {
    IntStream.range(0, left.length)
        .parallel()
        .forEach(
            pair -> {
              Term[] record = records.get(left[pair]);
              for (int field = 0; field < fields; field++) {
                if (Level.at(patterns[pair], field) == Level.EXACT.code()) {
                  logs[pair * fields + field] = frequencies.log(field, record[field]);
                }
              }
            });
  }
}
