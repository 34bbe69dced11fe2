package io.itinera.core.spark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** A whole row as Spark holds it, by the names of its columns. */
public final class KeptRow {

  private final StructType columns;
  private final InternalRow row;

  KeptRow(StructType columns, InternalRow row) {
    this.columns = columns;
    this.row = row;
  }

  /** All cells in their order, as {@link FoldInTurn.Folded} tells them. */
  public Object[] cells() {
    Object[] cells = new Object[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.isNullAt(i) ? null : row.get(i, columns.apply(i).dataType());
    }
    return cells;
  }

  /** Whether nothing stands in {@code column}. */
  public boolean isNull(String column) {
    return row.isNullAt(columns.fieldIndex(column));
  }

  /** The whole number or instant in {@code column}, which may be null. */
  public Long number(String column) {
    return isNull(column) ? null : (Long) row.getLong(columns.fieldIndex(column));
  }

  /** The text in {@code column}, which may be null. */
  public UTF8String text(String column) {
    return isNull(column) ? null : row.getUTF8String(columns.fieldIndex(column));
  }

  /** Whether it is so in {@code column}; not so where nothing is known. */
  public boolean flag(String column) {
    return !isNull(column) && row.getBoolean(columns.fieldIndex(column));
  }

  /** The amount in {@code column}; zero without one. */
  public BigDecimal amount(String column) {
    int place = columns.fieldIndex(column);
    return isNull(column)
        ? BigDecimal.ZERO
        : amount(row, place, (DecimalType) columns.apply(place).dataType());
  }

  /** The texts of the list in {@code column}, null ones included; none of no list. */
  public List<UTF8String> texts(String column) {
    return items(column, (list, i) -> list.isNullAt(i) ? null : list.getUTF8String(i));
  }

  /** The instants of the list in {@code column}, in microseconds since 1970; none of no list. */
  public List<Long> instants(String column) {
    return items(column, (list, i) -> (Long) list.getLong(i));
  }

  /** A text, an amount, and another text; texts may be null. */
  public record TextAmount(UTF8String text, BigDecimal amount, UTF8String other) {}

  /**
   * The structs, of a text, an amount and a text, of the list in {@code column}; none of no list.
   */
  public List<TextAmount> amounts(String column) {
    ArrayType type = (ArrayType) columns.apply(columns.fieldIndex(column)).dataType();
    StructType item = (StructType) type.elementType();
    DecimalType money = (DecimalType) item.apply(1).dataType();
    return items(
        column,
        (list, i) -> {
          InternalRow struct = list.getStruct(i, item.size());
          return new TextAmount(text(struct, 0), amount(struct, 1, money), text(struct, 2));
        });
  }

  private static UTF8String text(InternalRow row, int place) {
    return row.isNullAt(place) ? null : row.getUTF8String(place);
  }

  private <T> List<T> items(String column, BiFunction<ArrayData, Integer, T> read) {
    List<T> items = new ArrayList<>();
    ArrayData list = isNull(column) ? null : row.getArray(columns.fieldIndex(column));
    for (int i = 0; list != null && i < list.numElements(); i++) {
      items.add(read.apply(list, i));
    }
    return items;
  }

  private static BigDecimal amount(InternalRow row, int place, DecimalType type) {
    return row.getDecimal(place, type.precision(), type.scale()).toJavaBigDecimal();
  }
}
