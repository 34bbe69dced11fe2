package io.itinera.core.match;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * Counts how often 64-bit hashes are met, tens of millions of which stand in few lanes, such as one
 * for each rule of blocks. Packed numbers travel and are sorted, not rows; a task has a million at
 * a time in hand.
 */
final class CountHashes {

  static final String LANE = "lane";
  static final String HASH = "hash";
  static final String TIMES = "times";

  private static final String PART = "part";
  private static final String CHUNK = "chunk";
  private static final int PER_PART = 1_000_000;
  private static final int LARGEST_CHUNK = 8_192;
  private static final int SMALLEST_CHUNK = 128;
  private static final int ALL_CHUNKS = 2_000_000;

  private static final StructType CHUNKS =
      new StructType()
          .add(PART, DataTypes.IntegerType, false)
          .add(CHUNK, DataTypes.BinaryType, false);

  private static final StructType COUNTS =
      new StructType()
          .add(LANE, DataTypes.IntegerType, false)
          .add(HASH, DataTypes.LongType, false)
          .add(TIMES, DataTypes.LongType, false);

  private CountHashes() {}

  /**
   * Counts.
   *
   * @param hashes one column of bytes, 8 for each of {@code lanes}; 0 stands for none
   * @param rows how many they are, more or less
   * @return columns {@link #LANE}, {@link #HASH} and {@link #TIMES}, of those met twice at least;
   *     and with hash 0 how many of the lane were met once, in several rows
   */
  static Dataset<Row> counts(Dataset<Row> hashes, int lanes, long rows) {
    int perLane = (int) Math.max(1, Math.min(10_000, rows / PER_PART));
    return hashes
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) each -> chunks(each, lanes, perLane),
            Encoders.row(CHUNKS))
        .repartition(org.apache.spark.sql.functions.col(PART))
        .sortWithinPartitions(PART)
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) each -> new Runs(each, perLane),
            Encoders.row(COUNTS));
  }

  private static Iterator<Row> chunks(Iterator<Row> rows, int lanes, int perLane) {
    int parts = lanes * perLane;
    int most = Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, ALL_CHUNKS / parts));
    ByteBuffer[] open = new ByteBuffer[parts];
    Queue<Row> full = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (full.isEmpty() && rows.hasNext()) {
          ByteBuffer hashes = ByteBuffer.wrap(rows.next().getAs(0));
          for (int lane = 0; lane < lanes; lane++) {
            add(lane, hashes.getLong());
          }
        }
        if (full.isEmpty()) {
          for (int part = 0; part < parts; part++) {
            flush(part);
          }
        }
        return !full.isEmpty();
      }

      private void add(int lane, long hash) {
        if (hash == 0) {
          return;
        }
        int part = lane * perLane + (int) Long.remainderUnsigned(hash, perLane);
        if (open[part] == null) {
          open[part] = ByteBuffer.allocate(most * Long.BYTES);
        }
        open[part].putLong(hash);
        if (!open[part].hasRemaining()) {
          flush(part);
        }
      }

      private void flush(int part) {
        if (open[part] != null && open[part].position() > 0) {
          byte[] bytes = Arrays.copyOf(open[part].array(), open[part].position());
          full.add(RowFactory.create(part, bytes));
          open[part].clear();
        }
      }

      @Override
      public Row next() {
        return hasNext() ? full.remove() : null;
      }
    };
  }

  /** The runs of equal hashes of one part after the other. */
  private static final class Runs implements Iterator<Row> {
    private final Iterator<Row> chunks;
    private final int perLane;
    private Row next;
    private int part;
    private long[] sorted = {};
    private int at;
    private long once;
    private boolean isOpen;

    private Runs(Iterator<Row> chunks, int perLane) {
      this.chunks = chunks;
      this.perLane = perLane;
      next = chunks.hasNext() ? chunks.next() : null;
    }

    @Override
    public boolean hasNext() {
      skipSingles();
      while (at == sorted.length && !isOpen && next != null) {
        read();
        skipSingles();
      }
      return at < sorted.length || isOpen;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      if (at == sorted.length) {
        isOpen = false;
        return RowFactory.create(part / perLane, 0L, once);
      }
      int start = at;
      at = end(start);
      return RowFactory.create(part / perLane, sorted[start], (long) at - start);
    }

    private void skipSingles() {
      while (at < sorted.length && end(at) == at + 1) {
        once++;
        at++;
      }
    }

    private int end(int start) {
      int end = start + 1;
      while (end < sorted.length && sorted[end] == sorted[start]) {
        end++;
      }
      return end;
    }

    private void read() {
      part = next.getInt(0);
      List<byte[]> bytes = new ArrayList<>();
      int size = 0;
      while (next != null && next.getInt(0) == part) {
        byte[] chunk = next.getAs(1);
        bytes.add(chunk);
        size += chunk.length / Long.BYTES;
        next = chunks.hasNext() ? chunks.next() : null;
      }
      sorted = new long[size];
      at = 0;
      for (byte[] chunk : bytes) {
        ByteBuffer.wrap(chunk).asLongBuffer().get(sorted, at, chunk.length / Long.BYTES);
        at += chunk.length / Long.BYTES;
      }
      Arrays.sort(sorted);
      at = 0;
      once = 0;
      isOpen = true;
    }
  }
}
