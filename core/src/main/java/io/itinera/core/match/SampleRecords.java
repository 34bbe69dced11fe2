package io.itinera.core.match;

import static io.itinera.core.match.KeyRecords.RECORD;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Picks what a model is learned from: all records where they are not many; else some blocks, whole,
 * and some records beside them. Hashes pick, so that the same records give the same sample.
 */
public final class SampleRecords {

  /** Up to so many records, nothing is left out: half a hundred megabytes. */
  static final int MOST_RECORDS = 100_000;

  /** So many any records are picked, more or less. */
  private static final int ANY_RECORDS = 40_000;

  /** Blocks of so many records are picked, more or less. */
  private static final int BLOCK_RECORDS = 150_000;

  private SampleRecords() {}

  /** What part of the blocks and of all records is picked. */
  private record Shares(double blocks, double any) implements java.io.Serializable {}

  /**
   * Picks.
   *
   * @param keyed rows of {@link KeyRecords}, held
   * @param records how many they are
   * @param blocks their blocks
   */
  public static TrainingSample of(
      Dataset<Row> keyed, long records, MatchRules rules, Blocks blocks) {
    return of(keyed, records, rules, new Limited(blocks, MOST_RECORDS));
  }

  /** Blocks, and the number of records up to which nothing is left out. */
  record Limited(Blocks blocks, int mostRecords) {}

  static TrainingSample of(Dataset<Row> keyed, long records, MatchRules rules, Limited limited) {
    RecordReader reader = new RecordReader(rules.fields());
    if (records <= limited.mostRecords()) {
      RecordStore all = store(keyed.select(RECORD).collectAsList(), reader, row -> true);
      return TrainingSample.all(all, BlockIndex.of(all, rules));
    }
    Blocks blocks = limited.blocks();
    Shares shares = shares(records, limited);
    List<Row> picked =
        keyed
            .filter((FilterFunction<Row>) row -> isPicked(row, blocks, shares))
            .select(KeyRecords.NUMBER, RECORD)
            .collectAsList();
    int any = (int) picked.stream().filter(row -> isAny(row.getLong(0), shares)).count();
    RecordStore store = store(picked, reader, row -> isAny(row.getLong(0), shares));
    return new TrainingSample(
        store,
        BlockIndex.sampled(
            store, rules, key -> blocks.kept().mightContainLong(key), shares.blocks()),
        records,
        any,
        Optional.of(CountTerms.frequencies(keyed, records, rules)));
  }

  private static Shares shares(long records, Limited limited) {
    Blocks blocks = limited.blocks();
    double scale = (double) limited.mostRecords() / MOST_RECORDS;
    double ofPairs = TrainingPairs.MOST * scale / Math.max(1, blocks.pairs());
    double ofRecords = BLOCK_RECORDS * scale / Math.max(1, blocks.records());
    return new Shares(
        Math.min(1, Math.min(ofPairs, ofRecords)), Math.min(1, ANY_RECORDS * scale / records));
  }

  private static boolean isAny(long number, Shares shares) {
    return BlockIndex.isPicked(number, shares.any());
  }

  private static boolean isPicked(Row row, Blocks blocks, Shares shares) {
    if (isAny(row.getLong(0), shares)) {
      return true;
    }
    ByteBuffer keys = ByteBuffer.wrap(row.getAs(1));
    while (keys.hasRemaining()) {
      long key = keys.getLong();
      if (BlockIndex.isPicked(key, shares.blocks()) && blocks.kept().mightContainLong(key)) {
        return true;
      }
    }
    return false;
  }

  /** Records by source and id there, some of them before all others. */
  private static RecordStore store(
      List<Row> rows, RecordReader reader, java.util.function.Predicate<Row> isFirst) {
    List<ProfileHead> heads = rows.stream().map(row -> reader.head(bytes(row))).toList();
    return RecordStore.of(
        IntStream.range(0, rows.size())
            .boxed()
            .sorted(
                Comparator.<Integer, Boolean>comparing(place -> !isFirst.test(rows.get(place)))
                    .thenComparing(heads::get, ProfileHead.ORDER))
            .map(place -> reader.terms(bytes(rows.get(place))))
            .toArray(Term[][]::new));
  }

  private static byte[] bytes(Row row) {
    return row.getAs(row.size() - 1);
  }
}
