package io.itinera.core.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Asks a Java object about rows, one after the other in the order in which a task has them, so that
 * what it says of a row may depend on those before. Each task asks a copy of its own. Rows that are
 * to be asked about in order are sorted within their partitions first; only the columns that are
 * asked about leave Spark's own form, and nothing is held but what the object holds.
 *
 * <p>Public only because generated code calls it.
 */
public final class AskInTurn implements Serializable {

  private static final long serialVersionUID = 1;

  /** Who is asked. */
  @FunctionalInterface
  public interface Asked extends Serializable {

    /**
     * What it says of the next row, in the fields of the result: texts as {@link UTF8String}, whole
     * numbers as {@link Long}, null for nothing.
     */
    Object[] tell(Given row);
  }

  /** The cells of a row that are asked about, by place. Texts do not outlive it. */
  public record Given(InternalRow cells) {

    /** The text at {@code place}, which may be null. */
    public UTF8String text(int place) {
      return cells.isNullAt(place) ? null : cells.getUTF8String(place);
    }

    /** The whole number at {@code place}, which is not null. */
    public long number(int place) {
      return cells.getLong(place);
    }

    /** Whether {@code place} holds true. */
    public boolean isTrue(int place) {
      return !cells.isNullAt(place) && cells.getBoolean(place);
    }
  }

  private final Asked asked;

  private AskInTurn(Asked asked) {
    this.asked = asked;
  }

  /**
   * What {@code asked} says of each row.
   *
   * @param result the fields of its answers
   * @param given the columns that it is given
   */
  public static Column about(Asked asked, StructType result, Column... given) {
    AskInTurn target = new AskInTurn(asked);
    Expression argument = ExpressionUtils.expression(functions.struct(given));
    boolean nullOfNull = false;
    boolean mayBeNull = false;
    boolean alwaysTheSame = false;
    return ExpressionUtils.column(
        new Invoke(
            Literal.create(target, new ObjectType(AskInTurn.class)),
            "ask",
            result,
            SparkValues.<Expression>seq(List.of(argument)),
            SparkValues.<AbstractDataType>seq(List.<DataType>of()),
            nullOfNull,
            mayBeNull,
            alwaysTheSame));
  }

  /** The answer about a row. */
  public InternalRow ask(InternalRow cells) {
    return SparkValues.row(asked.tell(new Given(cells)));
  }
}
