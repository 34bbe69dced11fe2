package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.spark.HoldRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Which blocks are compared: those that do not bring more pairs than the rules allow, the largest
 * left out first, for what many records have in common says little.
 *
 * <p>Whether a block is compared depends on nothing but the number of its records, so that a night
 * that counts those that it touches comes to the same as one that counts all.
 */
public final class FindBlocks {

  private static final int BITS_PER_KEY = 12;
  private static final long MOST_BITS = 1L << 26;
  private static final long FEWEST_BITS = 1L << 10;

  private FindBlocks() {}

  /**
   * The blocks of all records, the largest that there may be found by the number of pairs.
   *
   * @param keyed rows of {@link KeyRecords}, held
   * @param records how many they are
   */
  public static Blocks byBudget(Dataset<Row> keyed, long records, MatchRules rules) {
    Dataset<Row> counts = counts(keyed, records, rules).transform(HoldRows::of);
    BlockSizes sizes = sizes(counts);
    return blocks(counts, sizes, sizes.largest(rules.budget(records)));
  }

  /**
   * The blocks of all records.
   *
   * @param keyed rows of {@link KeyRecords}, held
   * @param records how many they are
   * @param largest records of the largest block there may be
   */
  public static Blocks upTo(Dataset<Row> keyed, long records, MatchRules rules, int largest) {
    Dataset<Row> counts = counts(keyed, records, rules).transform(HoldRows::of);
    return blocks(counts, sizes(counts), largest);
  }

  /** A filter that lets all values of a column of longs through, and few others. */
  static BloomFilter filter(Dataset<Row> rows, String column, long values) {
    long bits = Math.max(FEWEST_BITS, Math.min(MOST_BITS, BITS_PER_KEY * values));
    return rows.stat().bloomFilter(column, Math.max(1, values), bits);
  }

  private static Dataset<Row> counts(Dataset<Row> keyed, long records, MatchRules rules) {
    return CountHashes.counts(keyed.select(KeyRecords.KEYS), rules.blocks().size(), records)
        .where(isMetAgain());
  }

  private static Column isMetAgain() {
    return col(CountHashes.HASH).notEqual(0L);
  }

  private static BlockSizes sizes(Dataset<Row> counts) {
    BlockSizes sizes = new BlockSizes();
    counts
        .groupBy(CountHashes.TIMES)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> sizes.add(row.getLong(0), row.getLong(1)));
    return sizes;
  }

  private static Blocks blocks(Dataset<Row> counts, BlockSizes sizes, int largest) {
    Dataset<Row> kept = counts.where(col(CountHashes.TIMES).leq(largest));
    return new Blocks(
        largest,
        sizes.pairsUpTo(largest),
        sizes.recordsUpTo(largest),
        filter(kept, CountHashes.HASH, sizes.blocksUpTo(largest)));
  }
}
