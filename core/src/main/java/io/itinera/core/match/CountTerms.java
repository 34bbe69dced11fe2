package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.spark.HoldRows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Counts how common the values of each field are among all records. Of each field the commonest
 * tens of thousands are kept; the others count as values that nobody shares.
 */
final class CountTerms {

  private static final int MOST_VALUES = 50_000;
  private static final long FEWEST = 3;

  private CountTerms() {}

  /**
   * Counts.
   *
   * @param keyed rows of {@link KeyRecords}
   * @param records how many they are
   */
  static Frequencies frequencies(Dataset<Row> keyed, long records, MatchRules rules) {
    List<MatchField> fields = rules.fields();
    Dataset<Row> hashes =
        keyed
            .select(KeyRecords.RECORD)
            .mapPartitions(
                (MapPartitionsFunction<Row, byte[]>) rows -> hashes(rows, fields),
                Encoders.BINARY())
            .toDF();
    Dataset<Row> counts =
        CountHashes.counts(hashes, fields.size(), records).transform(HoldRows::of);
    return frequencies(counts, fields.size());
  }

  private static Iterator<byte[]> hashes(Iterator<Row> rows, List<MatchField> fields) {
    RecordReader reader = new RecordReader(fields);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .map(row -> hashes(reader.terms(row.getAs(0))))
        .iterator();
  }

  private static byte[] hashes(Term[] terms) {
    ByteBuffer hashes = ByteBuffer.allocate(Long.BYTES * terms.length);
    for (Term term : terms) {
      hashes.putLong(term == null ? 0 : term.hash());
    }
    return hashes.array();
  }

  private static Frequencies frequencies(Dataset<Row> counts, int fields) {
    long[] totals = new long[fields];
    List<TreeMap<Long, Long>> numbers = new ArrayList<>();
    IntStream.range(0, fields).forEach(field -> numbers.add(new TreeMap<>()));
    for (Row row :
        counts
            .groupBy(col(CountHashes.LANE), isShared().as("is_shared"), col(CountHashes.TIMES))
            .agg(count(lit(1)))
            .collectAsList()) {
      int field = row.getInt(0);
      totals[field] += row.getLong(2) * row.getLong(3);
      if (row.getBoolean(1)) {
        numbers.get(field).put(row.getLong(2), row.getLong(3));
      }
    }
    Column isListed =
        IntStream.range(0, fields)
            .mapToObj(field -> isListed(field, numbers.get(field)))
            .reduce(Column::or)
            .orElseThrow();
    return frequencies(
        totals,
        counts
            .where(isShared().and(isListed))
            .sort(CountHashes.LANE, CountHashes.HASH)
            .collectAsList());
  }

  private static Column isShared() {
    return col(CountHashes.HASH).notEqual(0L);
  }

  /** Whether a value of a field is one of the commonest. */
  private static Column isListed(int field, NavigableMap<Long, Long> numbers) {
    long listed = 0;
    long fewest = Long.MAX_VALUE;
    for (Map.Entry<Long, Long> times : numbers.descendingMap().entrySet()) {
      listed += times.getValue();
      if (listed > MOST_VALUES || times.getKey() < FEWEST) {
        break;
      }
      fewest = times.getKey();
    }
    return col(CountHashes.LANE).equalTo(field).and(col(CountHashes.TIMES).geq(fewest));
  }

  private static Frequencies frequencies(long[] totals, List<Row> listed) {
    long[][] hashes = new long[totals.length][];
    float[][] logs = new float[totals.length][];
    float[] rarest = new float[totals.length];
    for (int field = 0; field < totals.length; field++) {
      int lane = field;
      double total = Math.max(1, totals[field]);
      List<Row> values = listed.stream().filter(row -> row.getInt(0) == lane).toList();
      hashes[field] = values.stream().mapToLong(row -> row.getLong(1)).toArray();
      logs[field] = new float[values.size()];
      for (int i = 0; i < logs[field].length; i++) {
        logs[field][i] = Frequencies.log2(values.get(i).getLong(2) / total);
      }
      rarest[field] = Frequencies.log2(1 / total);
    }
    return new Frequencies(hashes, logs, rarest);
  }
}
