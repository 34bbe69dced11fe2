package io.itinera.core.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.reflect.ClassTag;

/**
 * Packs events into few large binary values, those of a case into values of one bucket: a row for
 * each event would cost more to send than what is computed of them.
 *
 * <p>A packed value holds the names that its events use, and of each event {@value #EVENT_BYTES}
 * bytes: the hash of its case, its time in microseconds, its sequence, the first eight bytes of its
 * id, its seconds (−1 where unknown) and the place of its name.
 */
public final class PackEvents {

  /** Hash of the cases, and the packed value. */
  public static final StructType SCHEMA =
      new StructType()
          .add("bucket", DataTypes.IntegerType, false)
          .add("events", DataTypes.BinaryType, false);

  /** Bytes of one event. */
  public static final int EVENT_BYTES = 4 * Long.BYTES + 2 * Integer.BYTES;

  private static final int EVENTS_OF_VALUE = 16_384;

  private PackEvents() {}

  /**
   * Rows of {@link #SCHEMA}, those of a case with the same bucket.
   *
   * @param events hash of the case (long), time in microseconds (long), sequence (long), id
   *     (string), seconds (integer or null), name (string)
   * @param buckets so many
   */
  public static Dataset<Row> packed(Dataset<Row> events, int buckets) {
    var planned = (org.apache.spark.sql.classic.Dataset<Row>) events;
    RDD<InternalRow> read =
        SQLExecution.withSQLConfPropagated(
            planned.sparkSession(), () -> planned.queryExecution().toRdd());
    JavaRDD<InternalRow> rows = new JavaRDD<>(read, ClassTag.apply(InternalRow.class));
    return planned
        .sparkSession()
        .createDataFrame(rows.mapPartitions(part -> new Packing(part, buckets)), SCHEMA);
  }

  /** Packs the events of one partition as they stream by. */
  private static final class Packing implements Iterator<Row> {
    private final Iterator<InternalRow> events;
    private final Bucket[] buckets;
    private final List<Row> ready = new ArrayList<>();
    private boolean isOver;

    private Packing(Iterator<InternalRow> events, int buckets) {
      this.events = events;
      this.buckets = new Bucket[buckets];
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && events.hasNext()) {
        add(events.next());
      }
      if (ready.isEmpty() && !isOver) {
        isOver = true;
        for (int i = 0; i < buckets.length; i++) {
          if (buckets[i] != null && buckets[i].size > 0) {
            ready.add(RowFactory.create(i, buckets[i].bytes()));
          }
        }
        Collections.reverse(ready);
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      return ready.remove(ready.size() - 1);
    }

    private void add(InternalRow event) {
      int place = (int) Math.floorMod(event.getLong(0) >>> 7, (long) buckets.length);
      if (buckets[place] == null) {
        buckets[place] = new Bucket();
      }
      buckets[place].add(event);
      if (buckets[place].size == EVENTS_OF_VALUE) {
        ready.add(RowFactory.create(place, buckets[place].bytes()));
      }
    }
  }

  /** Events that wait for more of their bucket. */
  private static final class Bucket {
    private final Map<UTF8String, Integer> names = new HashMap<>();
    private final List<UTF8String> inOrder = new ArrayList<>();
    private byte[] events = new byte[64 * EVENT_BYTES];
    private ByteBuffer buffer = ByteBuffer.wrap(events);
    private int size;

    private void add(InternalRow event) {
      if (buffer.remaining() < EVENT_BYTES) {
        int used = buffer.position();
        events =
            java.util.Arrays.copyOf(
                events, Math.min(4 * events.length, EVENTS_OF_VALUE * EVENT_BYTES));
        buffer = ByteBuffer.wrap(events).position(used);
      }
      buffer
          .putLong(event.getLong(0))
          .putLong(event.getLong(1))
          .putLong(event.isNullAt(2) ? 0 : event.getLong(2))
          .putLong(event.isNullAt(3) ? 0 : event.getUTF8String(3).getPrefix())
          .putInt(event.isNullAt(4) ? -1 : event.getInt(4))
          .putInt(place(event.getUTF8String(5)));
      size++;
    }

    private int place(UTF8String name) {
      Integer known = names.get(name);
      if (known == null) {
        known = inOrder.size();
        UTF8String kept = name.copy();
        names.put(kept, known);
        inOrder.add(kept);
      }
      return known;
    }

    /** What is there, which is taken out. */
    private byte[] bytes() {
      int length = 2 * Integer.BYTES + buffer.position();
      List<byte[]> texts = inOrder.stream().map(UTF8String::getBytes).toList();
      for (byte[] text : texts) {
        length += Integer.BYTES + text.length;
      }
      ByteBuffer all = ByteBuffer.allocate(length).putInt(texts.size());
      texts.forEach(text -> all.putInt(text.length).put(text));
      all.putInt(size).put(events, 0, buffer.position());
      buffer.position(0);
      size = 0;
      return all.array();
    }
  }
}
