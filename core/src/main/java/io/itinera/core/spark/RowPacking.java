package io.itinera.core.spark;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Packs the rows of one partition as they stream by, for {@link PackRows}: those of a case into
 * values of one bucket, each of which is told with the bucket as soon as it is full.
 *
 * <p>A value has the ids of its cases, the kinds of its rows, then of each row {@value #FIXED}
 * bytes, and last of each row its id and what it has of its own. The fixed bytes are its time, its
 * number, the beginning of its id, its rank, the places of its case and its kind, and the lengths
 * of its id (−1 without one) and of its own (0 without any).
 */
final class RowPacking implements Iterator<Row> {

  static final int FIXED = 3 * Long.BYTES + 5 * Integer.BYTES;

  /** Bytes of a value: so many at least, at most, and of all values that a task fills together. */
  private static final int LEAST_VALUE = 1 << 14;

  private static final int MOST_VALUE = 1 << 20;
  private static final int ALL_VALUES = 1 << 26;

  private final Iterator<InternalRow> rows;
  private final StructType schema;
  private final int kindSize;
  private final int ownSize;
  private final int valueBytes;
  private final Bucket[] buckets;
  private final Deque<Row> ready = new ArrayDeque<>();
  private UnsafeProjection unsafe;
  private boolean isOver;

  RowPacking(Iterator<InternalRow> rows, StructType schema, int buckets) {
    this.rows = rows;
    this.schema = schema;
    this.kindSize = ((StructType) schema.apply(PackRows.KINDS).dataType()).size();
    this.ownSize = ((StructType) schema.apply(PackRows.OWNS).dataType()).size();
    this.valueBytes = Math.max(LEAST_VALUE, Math.min(MOST_VALUE, ALL_VALUES / buckets));
    this.buckets = new Bucket[buckets];
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      InternalRow row = rows.next();
      add(row instanceof UnsafeRow written ? written : written(row));
    }
    if (ready.isEmpty() && !isOver) {
      isOver = true;
      for (int i = 0; i < buckets.length; i++) {
        if (buckets[i] != null && buckets[i].size > 0) {
          ready.add(RowFactory.create(i, buckets[i].bytes()));
        }
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  /** Hardly a plan gives rows that are not. */
  private UnsafeRow written(InternalRow row) {
    if (unsafe == null) {
      unsafe = UnsafeProjection.create(schema);
    }
    return unsafe.apply(row);
  }

  private void add(UnsafeRow row) {
    UTF8String whose = row.getUTF8String(PackRows.WHOSE);
    int place = Math.floorMod((whose.hashCode() * 0x9E3779B9) >>> 8, buckets.length);
    if (buckets[place] == null) {
      buckets[place] = new Bucket();
    }
    Bucket bucket = buckets[place];
    bucket.add(row, whose, row.getStruct(PackRows.KINDS, kindSize), own(row));
    if (bucket.length() >= valueBytes) {
      ready.add(RowFactory.create(place, bucket.bytes()));
    }
  }

  private UnsafeRow own(UnsafeRow row) {
    UnsafeRow own = row.getStruct(PackRows.OWNS, ownSize);
    for (int i = 0; i < ownSize; i++) {
      if (!own.isNullAt(i)) {
        return own;
      }
    }
    return null;
  }

  /** Rows that wait for more of their bucket. */
  private static final class Bucket {
    private final Known<UTF8String> cases = new Known<>();
    private final Known<UnsafeRow> kinds = new Known<>();
    private final Bytes fixed = new Bytes();
    private final Bytes own = new Bytes();
    private int size;

    private void add(UnsafeRow row, UTF8String whose, UnsafeRow kind, UnsafeRow theirs) {
      UTF8String id = row.getUTF8String(PackRows.ID);
      Integer knownCase = cases.places.get(whose);
      Integer knownKind = kinds.places.get(kind);
      fixed
          .room(FIXED)
          .putLong(number(row, PackRows.AT))
          .putLong(number(row, PackRows.SEQUENCE))
          .putLong(id == null ? 0 : id.getPrefix())
          .putInt(row.getInt(PackRows.RANK))
          .putInt(knownCase == null ? cases.add(whose.copy(), whose.copy().getBytes()) : knownCase)
          .putInt(knownKind == null ? kinds.add(kind.copy(), kind.getBytes()) : knownKind)
          .putInt(id == null ? -1 : id.numBytes())
          .putInt(theirs == null ? 0 : theirs.getSizeInBytes());
      if (id != null) {
        own.add(id.getBaseObject(), id.getBaseOffset(), id.numBytes());
      }
      if (theirs != null) {
        own.add(theirs.getBaseObject(), theirs.getBaseOffset(), theirs.getSizeInBytes());
      }
      size++;
    }

    private static long number(UnsafeRow row, int place) {
      return row.isNullAt(place) ? Long.MIN_VALUE : row.getLong(place);
    }

    private int length() {
      return cases.length + kinds.length + fixed.length() + own.length();
    }

    /** What is there, which is taken out. */
    private byte[] bytes() {
      byte[] all = new byte[length() + 3 * Integer.BYTES];
      ByteBuffer buffer = ByteBuffer.wrap(all);
      cases.writeTo(buffer);
      kinds.writeTo(buffer);
      buffer.putInt(size);
      fixed.writeTo(buffer);
      own.writeTo(buffer);
      size = 0;
      return all;
    }
  }

  /** What is written once, and the place of each. */
  private static final class Known<T> {
    private final Map<T, Integer> places = new HashMap<>();
    private final List<byte[]> inOrder = new ArrayList<>();
    private int length;

    private int add(T kept, byte... bytes) {
      int place = inOrder.size();
      places.put(kept, place);
      inOrder.add(bytes);
      length += Integer.BYTES + bytes.length;
      return place;
    }

    private void writeTo(ByteBuffer all) {
      all.putInt(inOrder.size());
      inOrder.forEach(bytes -> all.putInt(bytes.length).put(bytes));
      places.clear();
      inOrder.clear();
      length = 0;
    }
  }

  /** Bytes that grow. */
  private static final class Bytes {
    private byte[] bytes = new byte[1 << 10];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);

    private ByteBuffer room(int more) {
      if (buffer.remaining() < more) {
        int used = buffer.position();
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + more));
        buffer = ByteBuffer.wrap(bytes).position(used);
      }
      return buffer;
    }

    private void add(Object base, long offset, int length) {
      int used = room(length).position();
      Platform.copyMemory(base, offset, bytes, Platform.BYTE_ARRAY_OFFSET + (long) used, length);
      buffer.position(used + length);
    }

    private int length() {
      return buffer.position();
    }

    private void writeTo(ByteBuffer all) {
      all.put(bytes, 0, buffer.position());
      buffer.clear();
    }
  }
}
