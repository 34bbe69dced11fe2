package io.itinera.core.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Enumeration;
import scala.Option;
import scala.collection.IterableOnce;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives rows to a Java object, one after the other in the order in which a task has them; whenever
 * several are complete it says what they come to. Each task has an object of its own. Rows that
 * belong together stand together, because they are sorted within their partitions: so nothing is
 * held but what the rows at hand come to, where Spark's aggregates with lists or sets, of which
 * there are many, would sort all rows once more.
 *
 * <p>Public only because Spark makes copies of it.
 */
public final class FoldInTurn extends Expression implements Generator, Serializable {

  private static final long serialVersionUID = 1;

  /** Who is given the rows. */
  public interface Folded extends Serializable {

    /**
     * Takes the next row.
     *
     * @return the rows that those before it come to, if it is not of them, each by its fields:
     *     texts as {@link UTF8String}, instants as microseconds, structs as {@link InternalRow}
     */
    List<Object[]> take(Given row);

    /** What the last rows come to. It is ready for others then. */
    List<Object[]> end();
  }

  /** The cells of a row, by place. Texts do not outlive it. */
  public static final class Given {

    private final Expression[] cells;
    private InternalRow row;

    private Given(Expression[] cells) {
      this.cells = cells;
    }

    /** The text at {@code place}, which may be null. */
    public UTF8String text(int place) {
      return (UTF8String) cells[place].eval(row);
    }

    /** The whole number or instant at {@code place}, which may be null. */
    public Long number(int place) {
      return (Long) cells[place].eval(row);
    }

    /** The day at {@code place}, which is not null, in days since 1970. */
    public int day(int place) {
      return (Integer) cells[place].eval(row);
    }

    /** Whether it is so at {@code place}; not so where nothing is known. */
    public boolean flag(int place) {
      return Boolean.TRUE.equals(cells[place].eval(row));
    }

    /** What stands at {@code place}, as rows of results have it; it outlives the row. */
    public Object kept(int place) {
      Object value = cells[place].eval(row);
      return value instanceof UTF8String text ? text.copy() : value;
    }

    /** The struct of {@code fields} at {@code place}, which is not null; it outlives the row. */
    public KeptRow struct(int place, StructType fields) {
      return new KeptRow(fields, ((InternalRow) cells[place].eval(row)).copy());
    }

    /** The texts of the list at {@code place}, null ones included; none of no list. */
    public UTF8String[] texts(int place) {
      ArrayData list = (ArrayData) cells[place].eval(row);
      UTF8String[] texts = new UTF8String[list == null ? 0 : list.numElements()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = list.isNullAt(i) ? null : list.getUTF8String(i);
      }
      return texts;
    }

    /** The whole numbers or instants of the list at {@code place}, none of which is null. */
    public long[] numbers(int place) {
      return ((ArrayData) cells[place].eval(row)).toLongArray();
    }

    /** What is so and what not in the list at {@code place}, in which nothing is null. */
    public boolean[] flags(int place) {
      return ((ArrayData) cells[place].eval(row)).toBooleanArray();
    }

    /** Looks at each text and number of the map at {@code place}, if there is one. */
    public void counts(int place, ObjLongConsumer<UTF8String> look) {
      MapData counts = (MapData) cells[place].eval(row);
      for (int i = 0; counts != null && i < counts.numElements(); i++) {
        look.accept(counts.keyArray().getUTF8String(i), counts.valueArray().getLong(i));
      }
    }

    /** The amount at {@code place}, which may be null. */
    public Decimal amount(int place) {
      return (Decimal) cells[place].eval(row);
    }
  }

  private final Folded folded;
  private final StructType result;
  private final Seq<Expression> columns;

  private transient Given given;

  /** As Spark copies it; see {@link #rows}. */
  public FoldInTurn(Folded folded, StructType result, Seq<Expression> columns) {
    this.folded = folded;
    this.result = result;
    this.columns = columns;
  }

  /**
   * What {@code folded} says of {@code rows}.
   *
   * @param rows sorted within their partitions, all that belong together in one of them
   * @param result the fields of what it says
   * @param columns those of {@code rows} that it is given, in the order of their places
   */
  public static Dataset<Row> rows(
      Dataset<Row> rows, Folded folded, StructType result, List<String> columns) {
    Column[] wanted = columns.stream().map(functions::col).toArray(Column[]::new);
    List<Expression> expressions =
        Stream.of(wanted).map(column -> ExpressionUtils.expression(column)).toList();
    FoldInTurn fold = new FoldInTurn(folded, result, SparkValues.<Expression>seq(expressions));
    return rows.select(wanted).select(ExpressionUtils.column(fold).as(result.fieldNames()));
  }

  @Override
  public IterableOnce<InternalRow> eval(InternalRow row) {
    if (given == null) {
      given = new Given(CollectionConverters.asJava(columns).toArray(Expression[]::new));
    }
    given.row = row;
    return told(folded.take(given));
  }

  @Override
  public IterableOnce<InternalRow> terminate() {
    return told(folded.end());
  }

  private static IterableOnce<InternalRow> told(List<Object[]> rows) {
    return switch (rows.size()) {
      case 0 -> Option.empty();
      case 1 -> Option.apply(SparkValues.row(rows.get(0)));
      default -> SparkValues.<InternalRow>seq(rows.stream().map(SparkValues::row).toList());
    };
  }

  @Override
  public StructType elementSchema() {
    return result;
  }

  @Override
  public DataType dataType() {
    return new ArrayType(result, true);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public boolean foldable() {
    return false;
  }

  /** What it says depends on the rows before. */
  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public boolean supportCodegen() {
    return false;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    throw new UnsupportedOperationException("Rows are folded without code of their own.");
  }

  @Override
  public Seq<Expression> children() {
    return columns;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new FoldInTurn(folded, result, children);
  }

  @Override
  public Seq<Enumeration.Value> nodePatterns() {
    return SparkValues.<Enumeration.Value>seq(List.of(TreePattern.GENERATOR()));
  }

  @Override
  public void org$apache$spark$sql$catalyst$expressions$Generator$_setter_$nodePatterns_$eq(
      Seq<Enumeration.Value> patterns) {
    // They are always the same.
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int place) {
    return switch (place) {
      case 0 -> folded;
      case 1 -> result;
      case 2 -> columns;
      default -> throw new IndexOutOfBoundsException(place);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof FoldInTurn;
  }

  /** Where the same is said of the same rows, Spark need not ask twice. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FoldInTurn fold
        && folded == fold.folded
        && result.equals(fold.result)
        && columns.equals(fold.columns);
  }

  @Override
  public int hashCode() {
    return Objects.hash(System.identityHashCode(folded), result, columns);
  }
}
