package io.itinera.core.trail;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is counted of customers who are alike: where they were, and how they went on. */
final class FunnelCount {

  /** Of customers at a step, in a segment. */
  static final String STEP = "step";

  /** Of customers who dropped, by what they did instead. */
  static final String DROP = "drop";

  /** Of two conditions that hold of fewer, nothing could be learned. */
  private static final int LEAST_LEARNED = 20;

  /** And of so few others nothing would be known. */
  private static final int LEAST_HELD_OUT = 5;

  /** Value of the condition that all customers meet. */
  static final String ALL = "(all)";

  /** Of which customers; how they went on; and the seconds from the step before, as bytes. */
  static final StructType SCHEMA =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("funnel", DataTypes.StringType)
          .add("step", DataTypes.LongType)
          .add("name", DataTypes.StringType)
          .add("value", DataTypes.StringType)
          .add("went_on", DataTypes.LongType)
          .add("dropped", DataTypes.LongType)
          .add("open", DataTypes.LongType)
          .add("seconds", DataTypes.BinaryType)
          .add("judged", DataTypes.LongType)
          .add("judged_on", DataTypes.LongType);

  /**
   * Which customers.
   *
   * @param kind one of those above, or of a {@link Crowd}
   * @param step place of the step, from 0
   * @param name type of the segment, the other condition, or nothing
   * @param value the segment, what came instead, or the condition
   */
  record Alike(String kind, String funnel, int step, String name, String value)
      implements Comparable<Alike> {
    @Override
    public int compareTo(Alike other) {
      return Arrays.compare(texts(), other.texts());
    }

    private String[] texts() {
      return new String[] {funnel, kind, name, value, String.valueOf((char) (' ' + step))};
    }
  }

  private static final long[] NONE = {};

  private long wentOn;
  private long dropped;
  private long open;
  private long judged;
  private long judgedOn;
  private long[] seconds = NONE;
  private int size;

  void add(boolean goesOn, boolean drops) {
    wentOn += goesOn ? 1 : 0;
    dropped += drops ? 1 : 0;
    open += goesOn || drops ? 0 : 1;
  }

  /** Counts a customer as one whose way is over. */
  void judge(boolean goesOn) {
    judged++;
    judgedOn += goesOn ? 1 : 0;
  }

  void took(long each) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, Math.max(4, 2 * size));
    }
    seconds[size++] = each;
  }

  /** Adds what {@code row} of {@link #SCHEMA} has counted elsewhere. */
  void add(Row row) {
    wentOn += row.getLong(5);
    dropped += row.getLong(6);
    open += row.getLong(7);
    byte[] bytes = row.getAs(8);
    ByteBuffer.wrap(bytes)
        .asLongBuffer()
        .get(room(bytes.length / Long.BYTES), size, bytes.length / Long.BYTES);
    size += bytes.length / Long.BYTES;
    judged += row.getLong(9);
    judgedOn += row.getLong(10);
  }

  private long[] room(int more) {
    if (size + more > seconds.length) {
      seconds = Arrays.copyOf(seconds, Math.max(2 * size, size + more));
    }
    return seconds;
  }

  /** Columns of {@link #SCHEMA} that say which customers are counted. */
  static Column[] keys() {
    return Arrays.stream(SCHEMA.fieldNames())
        .limit(5)
        .map(name -> functions.col(name))
        .toArray(Column[]::new);
  }

  /** What {@code rows} of {@link #SCHEMA} have counted of the same customers. */
  static Map<Alike, FunnelCount> summed(Iterator<Row> rows) {
    Map<Alike, FunnelCount> sums = new TreeMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      sums.computeIfAbsent(key(row), key -> new FunnelCount()).add(row);
    }
    return sums;
  }

  /** All that is counted of the same customers together, with no more seconds than a median has. */
  static final class Together implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      Map<Alike, FunnelCount> sums = summed(rows);
      sums.values().forEach(FunnelCount::keepMiddle);
      return sums.entrySet().stream()
          .filter(sum -> isEnough(sum.getKey().kind(), sum.getValue()))
          .map(sum -> sum.getValue().row(sum.getKey()))
          .iterator();
    }

    /** Pairs of conditions are many, and most of them nearly nobody's. */
    private static boolean isEnough(String kind, FunnelCount count) {
      if (!Crowd.isOfBoth(kind)) {
        return true;
      }
      boolean isHeldOut = Crowd.of(kind).orElseThrow().isHeldOut();
      return count.decided() >= (isHeldOut ? LEAST_HELD_OUT : LEAST_LEARNED);
    }
  }

  /** Leaves of all seconds the one or two in the middle, whose median is that of all. */
  private void keepMiddle() {
    if (size > 2) {
      Arrays.sort(seconds, 0, size);
      seconds = Arrays.copyOfRange(seconds, (size - 1) / 2, size / 2 + 1);
      size = seconds.length;
    }
  }

  static Alike key(Row row) {
    return new Alike(
        row.getString(0),
        row.getString(1),
        (int) row.getLong(2),
        row.getString(3),
        row.getString(4));
  }

  Row row(Alike key) {
    ByteBuffer bytes = ByteBuffer.allocate(size * Long.BYTES);
    bytes.asLongBuffer().put(seconds, 0, size);
    return RowFactory.create(
        key.kind(),
        key.funnel(),
        (long) key.step(),
        key.name(),
        key.value(),
        wentOn,
        dropped,
        open,
        bytes.array(),
        judged,
        judgedOn);
  }

  long wentOn() {
    return wentOn;
  }

  long dropped() {
    return dropped;
  }

  long open() {
    return open;
  }

  /** How many there are whose way is over. */
  long judged() {
    return judged;
  }

  /** How many of those went on. */
  long judgedOn() {
    return judgedOn;
  }

  /** How many have gone on or dropped. */
  long decided() {
    return wentOn + dropped;
  }

  /** How many customers there are. */
  long all() {
    return wentOn + dropped + open;
  }

  /** The median; null without any. */
  Double medianSeconds() {
    if (size == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(seconds, size);
    Arrays.sort(sorted);
    return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0;
  }
}
