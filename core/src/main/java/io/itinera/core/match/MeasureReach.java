package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Which share of one person's pairs is in a common block, where somebody knows the persons. */
public final class MeasureReach {

  /** Column: number of a person. */
  public static final String PERSON = "person_number";

  private static final StructType COUNTS =
      new StructType().add("pairs", DataTypes.LongType).add("reached", DataTypes.LongType);

  private MeasureReach() {}

  /**
   * Measures.
   *
   * @param keyed rows of {@link KeyRecords}
   * @param persons columns {@link KeyRecords#NUMBER} and {@link #PERSON}, a number
   */
  public static double measure(Dataset<Row> keyed, Dataset<Row> persons, Blocks blocks) {
    Row sums =
        keyed
            .join(persons, new String[] {KeyRecords.NUMBER}, "inner")
            .select(PERSON, KeyRecords.KEYS)
            .repartition(col(PERSON))
            .sortWithinPartitions(PERSON)
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> counts(rows, blocks),
                Encoders.row(COUNTS))
            .agg(sum("pairs"), sum("reached"))
            .first();
    return sums.isNullAt(0) || sums.getLong(0) == 0
        ? 1
        : (double) sums.getLong(1) / sums.getLong(0);
  }

  private static Iterator<Row> counts(Iterator<Row> rows, Blocks blocks) {
    Queue<Row> counts = new ArrayDeque<>();
    List<long[]> same = new ArrayList<>();
    long person = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.getLong(0) != person) {
        counts.add(count(same));
        same.clear();
        person = row.getLong(0);
      }
      same.add(kept(row.getAs(1), blocks));
    }
    counts.add(count(same));
    return counts.iterator();
  }

  private static long[] kept(byte[] bytes, Blocks blocks) {
    long[] keys = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(keys);
    for (int rule = 0; rule < keys.length; rule++) {
      if (!blocks.kept().mightContainLong(keys[rule])) {
        keys[rule] = 0;
      }
    }
    return keys;
  }

  private static Row count(List<long[]> same) {
    long pairs = 0;
    long reached = 0;
    for (int i = 0; i < same.size(); i++) {
      for (int j = i + 1; j < same.size(); j++) {
        pairs++;
        reached += haveCommon(same.get(i), same.get(j)) ? 1 : 0;
      }
    }
    return RowFactory.create(pairs, reached);
  }

  private static boolean haveCommon(long[] one, long[] other) {
    for (int rule = 0; rule < one.length; rule++) {
      if (one[rule] != 0 && one[rule] == other[rule]) {
        return true;
      }
    }
    return false;
  }
}
