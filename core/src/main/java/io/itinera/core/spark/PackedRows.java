package io.itinera.core.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function1;

/**
 * Rows that {@link PackRows} has packed, put in order once: those of a case one after the other.
 *
 * @param <K> what kinds of rows are taken for
 */
final class PackedRows<K> {

  private final Function<Row, K> read;
  private final StructType kindType;
  private final StructType ownType;
  private final Function1<Object, Object> toKind;
  private final Function1<Object, Object> toOwn;
  private final Map<UTF8String, Integer> cases = new HashMap<>();
  private final List<UTF8String> ids = new ArrayList<>();
  private final Map<UnsafeRow, Integer> kinds = new HashMap<>();
  private final List<K> kindsInOrder = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();
  private long[] micros = new long[1024];
  private long[] sequences = new long[1024];
  private long[] prefixes = new long[1024];
  private int[] ranks = new int[1024];
  private int[] caseOf = new int[1024];
  private int[] kindOf = new int[1024];
  private int[] valueOf = new int[1024];
  private int[] offsets = new int[1024];
  private int[] idLengths = new int[1024];
  private int[] ownLengths = new int[1024];
  private int size;

  /**
   * @param read says what rows of a kind are
   */
  PackedRows(Function<Row, K> read, StructType kindType, StructType ownType) {
    this.read = read;
    this.kindType = kindType;
    this.ownType = ownType;
    this.toKind = CatalystTypeConverters.createToScalaConverter(kindType);
    this.toOwn = CatalystTypeConverters.createToScalaConverter(ownType);
  }

  /** Takes in one packed value. */
  void add(byte... value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    int[] knownCases = new int[bytes.getInt()];
    for (int i = 0; i < knownCases.length; i++) {
      int length = bytes.getInt();
      knownCases[i] = place(UTF8String.fromBytes(value, bytes.position(), length));
      bytes.position(bytes.position() + length);
    }
    int[] knownKinds = new int[bytes.getInt()];
    for (int i = 0; i < knownKinds.length; i++) {
      int length = bytes.getInt();
      knownKinds[i] = kind(row(kindType, value, bytes.position(), length));
      bytes.position(bytes.position() + length);
    }
    int more = bytes.getInt();
    int offset = bytes.position() + more * RowPacking.FIXED;
    grow(size + more);
    for (int i = 0; i < more; i++) {
      micros[size] = bytes.getLong();
      sequences[size] = bytes.getLong();
      prefixes[size] = bytes.getLong();
      ranks[size] = bytes.getInt();
      caseOf[size] = knownCases[bytes.getInt()];
      kindOf[size] = knownKinds[bytes.getInt()];
      idLengths[size] = bytes.getInt();
      ownLengths[size] = bytes.getInt();
      valueOf[size] = values.size();
      offsets[size] = offset;
      offset += Math.max(0, idLengths[size]) + ownLengths[size];
      size++;
    }
    values.add(value);
  }

  private int place(UTF8String whose) {
    Integer known = cases.putIfAbsent(whose, ids.size());
    if (known == null) {
      ids.add(whose);
      return ids.size() - 1;
    }
    return known;
  }

  private int kind(UnsafeRow kind) {
    Integer known = kinds.putIfAbsent(kind, kindsInOrder.size());
    if (known == null) {
      kindsInOrder.add(read.apply((Row) toKind.apply(kind)));
      return kindsInOrder.size() - 1;
    }
    return known;
  }

  private static UnsafeRow row(StructType type, byte[] value, int offset, int length) {
    UnsafeRow row = new UnsafeRow(type.size());
    row.pointTo(value, Platform.BYTE_ARRAY_OFFSET + (long) offset, length);
    return row;
  }

  private void grow(int wanted) {
    if (wanted > micros.length) {
      int room = Math.max(wanted, micros.length + micros.length / 2);
      micros = Arrays.copyOf(micros, room);
      sequences = Arrays.copyOf(sequences, room);
      prefixes = Arrays.copyOf(prefixes, room);
      ranks = Arrays.copyOf(ranks, room);
      caseOf = Arrays.copyOf(caseOf, room);
      kindOf = Arrays.copyOf(kindOf, room);
      valueOf = Arrays.copyOf(valueOf, room);
      offsets = Arrays.copyOf(offsets, room);
      idLengths = Arrays.copyOf(idLengths, room);
      ownLengths = Arrays.copyOf(ownLengths, room);
    }
  }

  private UTF8String id(int row) {
    return idLengths[row] < 0
        ? null
        : UTF8String.fromBytes(values.get(valueOf[row]), offsets[row], idLengths[row]);
  }

  private Row own(int row) {
    int length = ownLengths[row];
    int offset = offsets[row] + Math.max(0, idLengths[row]);
    return length == 0
        ? null
        : (Row) toOwn.apply(row(ownType, values.get(valueOf[row]), offset, length));
  }

  /** All cases, each with its rows in order. */
  Iterator<RowsOfCase<K>> cases() {
    return new Cases(byCase());
  }

  /** Rows by their case, else as they came. */
  private int[] byCase() {
    int[] starts = new int[ids.size() + 1];
    for (int i = 0; i < size; i++) {
      starts[caseOf[i] + 1]++;
    }
    for (int i = 0; i < ids.size(); i++) {
      starts[i + 1] += starts[i];
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[starts[caseOf[i]]++] = i;
    }
    return order;
  }

  /** One case after the other, which is put in order when its turn comes. */
  private final class Cases implements Iterator<RowsOfCase<K>>, RowsOfCase<K> {
    private final int[] order;
    private final SortPlaces sorting;
    private int first;
    private int end;

    private Cases(int... order) {
      this.order = order;
      this.sorting = new SortPlaces(order.length, PackedRows.this::compare);
    }

    @Override
    public boolean hasNext() {
      return end < order.length;
    }

    @Override
    public RowsOfCase<K> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      first = end;
      while (end < order.length && caseOf[order[end]] == caseOf[order[first]]) {
        end++;
      }
      sorting.sort(order, first, end);
      return this;
    }

    @Override
    public String id() {
      return ids.get(caseOf[order[first]]).toString();
    }

    @Override
    public int size() {
      return end - first;
    }

    @Override
    public long micros(int place) {
      return micros[order[first + place]];
    }

    @Override
    public String id(int place) {
      UTF8String id = PackedRows.this.id(order[first + place]);
      return id == null ? null : id.toString();
    }

    @Override
    public K kind(int place) {
      return kindsInOrder.get(kindOf[order[first + place]]);
    }

    @Override
    public Row own(int place) {
      return PackedRows.this.own(order[first + place]);
    }
  }

  private int compare(int one, int other) {
    if (micros[one] != micros[other]) {
      return micros[one] < micros[other] ? -1 : 1;
    }
    if (sequences[one] != sequences[other]) {
      return sequences[one] < sequences[other] ? -1 : 1;
    }
    int byId = Long.compareUnsigned(prefixes[one], prefixes[other]);
    byId = byId == 0 ? compareIds(id(one), id(other)) : byId;
    return byId == 0 ? Integer.compare(ranks[one], ranks[other]) : byId;
  }

  private static int compareIds(UTF8String one, UTF8String other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    return one.compareTo(other);
  }
}
