package io.itinera.core.match;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.BiFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.sketch.BloomFilter;

/** Who is in which block: one row for each record of each block. */
final class ListMembers {

  /** Column: number of the block. */
  static final String KEY = "key";

  /** Column, which may be missing: whether a record is new or changed. */
  static final String IS_NEW = "is_new";

  private static final StructType KEYS =
      new StructType()
          .add(KEY, DataTypes.LongType, false)
          .add(KeyRecords.NUMBER, DataTypes.LongType, false);

  private static final StructType MEMBERS =
      KEYS.add(IS_NEW, DataTypes.BooleanType, false)
          .add(KeyRecords.RECORD, DataTypes.BinaryType, false);

  private ListMembers() {}

  /**
   * Tells who is new.
   *
   * @param news column {@link KeyRecords#NUMBER} of those who are, each once
   */
  static Dataset<Row> withNews(Dataset<Row> keyed, Dataset<Row> news) {
    return keyed
        .join(news.withColumn(IS_NEW, lit(true)), new String[] {KeyRecords.NUMBER}, "left")
        .withColumn(IS_NEW, coalesce(col(IS_NEW), lit(false)));
  }

  /**
   * The blocks of records.
   *
   * @param keyed rows of {@link KeyRecords}
   * @param wanted filter of blocks; null: all
   * @return columns {@link #KEY} and {@link KeyRecords#NUMBER}
   */
  static Dataset<Row> keys(Dataset<Row> keyed, BloomFilter wanted) {
    return keyed
        .select(KeyRecords.NUMBER, KeyRecords.KEYS)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    new Members(rows, wanted, (row, key) -> RowFactory.create(key, row.getLong(0))),
            Encoders.row(KEYS));
  }

  /**
   * The records of blocks.
   *
   * @param keyed rows of {@link KeyRecords}, with {@link #IS_NEW}
   * @param wanted filter of blocks
   * @return columns {@link #KEY}, {@link KeyRecords#NUMBER}, {@link #IS_NEW} and {@link
   *     KeyRecords#RECORD}
   */
  static Dataset<Row> members(Dataset<Row> keyed, BloomFilter wanted) {
    return keyed
        .select(KeyRecords.NUMBER, KeyRecords.KEYS, IS_NEW, KeyRecords.RECORD)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                rows ->
                    new Members(
                        rows,
                        wanted,
                        (row, key) ->
                            RowFactory.create(
                                key, row.getLong(0), row.getBoolean(2), row.getAs(3))),
            Encoders.row(MEMBERS));
  }

  private static final class Members implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final BloomFilter wanted;
    private final BiFunction<Row, Long, Row> member;
    private final Queue<Row> next = new ArrayDeque<>();

    private Members(Iterator<Row> rows, BloomFilter wanted, BiFunction<Row, Long, Row> member) {
      this.rows = rows;
      this.wanted = wanted;
      this.member = member;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && rows.hasNext()) {
        Row row = rows.next();
        ByteBuffer keys = ByteBuffer.wrap(row.getAs(1));
        while (keys.hasRemaining()) {
          long key = keys.getLong();
          if (key != 0 && (wanted == null || wanted.mightContainLong(key))) {
            next.add(member.apply(row, key));
          }
        }
      }
      return !next.isEmpty();
    }

    @Override
    public Row next() {
      return hasNext() ? next.remove() : null;
    }
  }
}
