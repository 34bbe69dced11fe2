package io.itinera.core.spark;

import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.reflect.ClassTag;

/**
 * Brings the rows of each case together, puts them in order, and walks through them, one case after
 * the other. Rows travel packed, many in one value: what many of them have in common (their kind)
 * and whose they are is written once for all of a value. To send, sort and read a row for each of
 * millions of touchpoints costs several times what most walks take.
 */
public final class PackRows {

  /** Places of columns of rows that are to be walked through. */
  static final int WHOSE = 0;

  static final int AT = 1;
  static final int SEQUENCE = 2;
  static final int ID = 3;
  static final int RANK = 4;
  static final int KINDS = 5;
  static final int OWNS = 6;

  private static final String KIND = "kind";
  private static final String OWN = "own";
  private static final String BUCKET = "bucket";
  private static final StructType SCHEMA =
      new StructType()
          .add(BUCKET, DataTypes.IntegerType, false)
          .add("packed", DataTypes.BinaryType, false);

  /** Where one task reads all; usually; and where very many do. */
  private static final int LEAST_BUCKETS = 16;

  private static final int BUCKETS = 128;
  private static final int MOST_BUCKETS = 4_096;

  private PackRows() {}

  /**
   * Walks through the cases of a task.
   *
   * @param <K> what it takes a kind of rows for
   */
  public interface Walk<K> {

    /** What rows of a kind are; asked once for many of them. */
    K kind(Row kind);

    /** Takes the rows of the next case; says what it comes to. */
    List<Row> take(RowsOfCase<K> rows);

    /** What all cases of the task come to. */
    List<Row> end();
  }

  /** Begins a walk of each task. */
  public interface Walks<K> extends Serializable {
    Walk<K> begin();
  }

  /**
   * Where a row stands.
   *
   * @param whose the case, never null
   * @param at by what rows of a case are ordered first, null first: microseconds since 1970,
   * @param sequence then a number, null first,
   * @param id then a text, null first,
   * @param rank last a small number that is never null
   */
  public record Order(Column whose, Column at, Column sequence, Column id, int rank) {

    /** As touchpoints of each customer are ordered; {@code rank} tells others of one place. */
    public static Order ofTouchpoints(int rank) {
      return new Order(
          functions.col(OwnedTouchpoints.CUSTOMER_ID),
          functions.unix_micros(functions.col(Touchpoints.OCCURRED_AT)),
          functions.col(Touchpoints.SEQUENCE),
          functions.col(Touchpoints.TOUCHPOINT_ID),
          rank);
    }

    /** In front of all rows of {@code whose} that have a time. */
    public static Order first(Column whose) {
      Column none = functions.lit(null);
      return new Order(whose, none, none, none, 0);
    }
  }

  /**
   * Rows to be walked through.
   *
   * @param kind what many rows have in common
   * @param own what each has of its own; where all of it is null, it takes no room
   */
  public static Dataset<Row> of(Dataset<Row> rows, Order order, Column[] kind, Column[] own) {
    return rows.select(
        order.whose().as("whose"),
        order.at().cast(DataTypes.LongType).as("at"),
        order.sequence().cast(DataTypes.LongType).as("sequence"),
        order.id().cast(DataTypes.StringType).as("id"),
        functions.lit(order.rank()).as("rank"),
        functions.struct(kind).as(KIND),
        functions.struct(own).as(OWN));
  }

  /**
   * What {@code walks} say of {@code rows}.
   *
   * @param rows as {@link #of} has them, from wherever
   * @param result of the rows that walks tell
   */
  public static <K> Dataset<Row> walked(Dataset<Row> rows, Walks<K> walks, StructType result) {
    StructType kind = (StructType) rows.schema().apply(KINDS).dataType();
    StructType own = (StructType) rows.schema().apply(OWNS).dataType();
    return packed(rows)
        .repartition(functions.col(BUCKET))
        .sortWithinPartitions(BUCKET)
        .mapPartitions(new Walking<>(walks, kind, own), Encoders.row(result));
  }

  /** A task holds the rows of one bucket, and goes through several. */
  private static int buckets(RDD<InternalRow> rows) {
    int tasks = rows.getNumPartitions();
    return tasks == 1 ? LEAST_BUCKETS : Math.min(MOST_BUCKETS, Math.max(BUCKETS, tasks));
  }

  private static Dataset<Row> packed(Dataset<Row> rows) {
    var planned = (org.apache.spark.sql.classic.Dataset<Row>) rows;
    StructType schema = rows.schema();
    // Adaptive plans run most of their jobs right here, by the settings of the session.
    RDD<InternalRow> read =
        SQLExecution.withSQLConfPropagated(
            planned.sparkSession(), () -> planned.queryExecution().toRdd());
    int buckets = buckets(read);
    JavaRDD<InternalRow> internal = new JavaRDD<>(read, ClassTag.apply(InternalRow.class));
    return planned
        .sparkSession()
        .createDataFrame(
            internal.mapPartitions(part -> new RowPacking(part, schema, buckets)), SCHEMA);
  }

  private record Walking<K>(Walks<K> walks, StructType kind, StructType own)
      implements MapPartitionsFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> values) {
      return new Told<>(this, walks.begin(), values);
    }
  }

  /** What a walk says, while it goes on: from bucket to bucket, and there from case to case. */
  private static final class Told<K> implements Iterator<Row> {
    private final Walking<K> walking;
    private final Walk<K> walk;
    private final Iterator<Row> values;
    private Row next;
    private Iterator<RowsOfCase<K>> cases = List.<RowsOfCase<K>>of().iterator();
    private Iterator<Row> ready = List.<Row>of().iterator();
    private boolean isOver;

    private Told(Walking<K> walking, Walk<K> walk, Iterator<Row> values) {
      this.walking = walking;
      this.walk = walk;
      this.values = values;
      this.next = value();
    }

    private Row value() {
      return values.hasNext() ? values.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && !isOver) {
        if (cases.hasNext()) {
          ready = walk.take(cases.next()).iterator();
        } else if (next != null) {
          cases = bucket().cases();
        } else {
          ready = walk.end().iterator();
          isOver = true;
        }
      }
      return ready.hasNext();
    }

    private PackedRows<K> bucket() {
      PackedRows<K> rows = new PackedRows<>(walk::kind, walking.kind(), walking.own());
      int bucket = next.getInt(0);
      while (next != null && next.getInt(0) == bucket) {
        rows.add(next.<byte[]>getAs(1));
        next = value();
      }
      return rows;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }
  }
}
