package io.itinera.core.match;

import static io.itinera.core.match.KeyRecords.KEYS;
import static io.itinera.core.match.KeyRecords.NUMBER;
import static io.itinera.core.match.KeyRecords.RECORD;
import static io.itinera.core.match.ListMembers.KEY;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.spark.HeldRows;
import io.itinera.core.spark.HoldRows;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.sketch.BloomFilter;

/**
 * Whose pairs a night makes anew: those of profiles that came, went or changed, and of all in
 * blocks that thereby became too large to be compared, or small enough. A pair of two others is
 * what it was: whether a block is compared depends on its size only, and none that has both has
 * passed the border.
 *
 * @param numbers column {@link KeyRecords#NUMBER} of them, each once, held
 * @param blocks the blocks in which they are compared
 */
public record FindNews(Dataset<Row> numbers, Blocks blocks) {

  /** Column: +1 of a profile that came, −1 of one that went. */
  public static final String CHANGE = "change";

  private static final String SIZE = "size";

  /**
   * Finds them.
   *
   * @param keyed rows of {@link KeyRecords}, as they are now, held
   * @param changes rows of {@link KeyRecords}, with {@link #CHANGE}
   * @param largest records of the largest block there may be
   * @return empty where nothing changed of what is compared
   */
  public static Optional<FindNews> find(Dataset<Row> keyed, Dataset<Row> changes, int largest) {
    HeldRows net =
        HoldRows.counted(
            changes
                .groupBy(NUMBER, KEYS, RECORD)
                .agg(sum(CHANGE).as(CHANGE))
                .where(col(CHANGE).notEqual(0)));
    if (net.areNone()) {
      return Optional.empty();
    }
    Dataset<Row> changed = net.rows();
    Dataset<Row> sizes = sizes(keyed, ListMembers.keys(changed, null), net.count());
    HeldRows passed = HoldRows.counted(passed(changed, sizes, largest));
    Dataset<Row> numbers = changed.select(NUMBER).distinct();
    if (passed.areNone()) {
      return Optional.of(news(HoldRows.toJoin(numbers), sizes, largest));
    }
    HeldRows all = HoldRows.counted(numbers.union(members(keyed, passed)).distinct());
    Dataset<Row> theirs = keyed.join(all.toJoin(), new String[] {NUMBER}, "left_semi");
    return Optional.of(
        news(all.toJoin(), sizes(keyed, ListMembers.keys(theirs, null), all.count()), largest));
  }

  private static Dataset<Row> members(Dataset<Row> keyed, HeldRows blocks) {
    BloomFilter filter = FindBlocks.filter(blocks.rows(), KEY, blocks.count());
    return ListMembers.keys(keyed, filter)
        .join(blocks.toJoin(), new String[] {KEY}, "left_semi")
        .select(NUMBER);
  }

  /** How many are now in those blocks, and perhaps in some others. */
  private static Dataset<Row> sizes(Dataset<Row> keyed, Dataset<Row> keys, long records) {
    BloomFilter filter = FindBlocks.filter(keys, KEY, records * MatchRules.MOST_BLOCKS);
    return ListMembers.keys(keyed, filter)
        .groupBy(KEY)
        .agg(count(lit(1)).as(SIZE))
        .transform(HoldRows::of);
  }

  /** Blocks that were compared and are not any more, or the other way round. */
  private static Dataset<Row> passed(Dataset<Row> changed, Dataset<Row> sizes, int largest) {
    Dataset<Row> came = ListMembers.keys(changed.where(col(CHANGE).gt(0)), null);
    Dataset<Row> went = ListMembers.keys(changed.where(col(CHANGE).lt(0)), null);
    Column now = coalesce(col(SIZE), lit(0L));
    Column before = now.minus(col(CHANGE));
    return came.select(col(KEY), lit(1L).as(CHANGE))
        .union(went.select(col(KEY), lit(-1L).as(CHANGE)))
        .groupBy(KEY)
        .agg(sum(CHANGE).as(CHANGE))
        .join(sizes, new String[] {KEY}, "left")
        .where(not(now.leq(largest).equalTo(before.leq(largest))))
        .select(KEY);
  }

  private static FindNews news(Dataset<Row> numbers, Dataset<Row> sizes, int largest) {
    HeldRows kept = HoldRows.counted(sizes.where(col(SIZE).between(2, largest)).select(KEY));
    BloomFilter filter = FindBlocks.filter(kept.rows(), KEY, kept.count());
    return new FindNews(numbers, new Blocks(largest, 0, 0, filter));
  }
}
