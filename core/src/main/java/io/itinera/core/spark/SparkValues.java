package io.itinera.core.spark;

import io.itinera.core.rule.Identifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Java's values of a record and Spark's own: texts, amounts, lists and maps differ. An instant is a
 * {@link Long} of microseconds, a day an {@link Integer} of days since 1970 in both.
 */
public final class SparkValues {

  private SparkValues() {}

  /**
   * Java's values of {@code row}.
   *
   * @param asItIs place of a text that is seldom looked at, and stays Spark's until the next row
   */
  public static Object[] ofRow(InternalRow row, DataType[] types, int asItIs) {
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (!row.isNullAt(i)) {
        values[i] = i == asItIs ? row.getUTF8String(i) : read(row, i, types[i]);
      }
    }
    return values;
  }

  /** {@code items} in a sequence of Scala. */
  static <T> Seq<T> seq(List<? extends T> items) {
    return CollectionConverters.asScala(List.<T>copyOf(items)).toSeq();
  }

  static Object read(InternalRow row, int place, DataType type) {
    if (type instanceof StringType) {
      return row.getUTF8String(place).toString();
    }
    if (type instanceof BooleanType) {
      return row.getBoolean(place);
    }
    if (type instanceof DecimalType money) {
      return row.getDecimal(place, money.precision(), money.scale()).toJavaBigDecimal();
    }
    if (type instanceof ArrayType) {
      return texts(row.getArray(place));
    }
    if (type instanceof MapType map) {
      return map(row.getMap(place), map.valueType());
    }
    if (type instanceof DateType || type instanceof IntegerType) {
      return row.getInt(place);
    }
    return type.equals(DataTypes.DoubleType) ? row.getDouble(place) : (Object) row.getLong(place);
  }

  private static List<String> texts(ArrayData array) {
    List<String> texts = new ArrayList<>(array.numElements());
    for (int i = 0; i < array.numElements(); i++) {
      texts.add(array.isNullAt(i) ? null : array.getUTF8String(i).toString());
    }
    return texts;
  }

  private static Map<String, Object> map(MapData map, DataType valueType) {
    Map<String, Object> values = new LinkedHashMap<>();
    ArrayData names = map.keyArray();
    ArrayData contents = map.valueArray();
    boolean areTexts = valueType instanceof StringType;
    for (int i = 0; i < map.numElements(); i++) {
      Object content =
          contents.isNullAt(i)
              ? null
              : areTexts ? contents.getUTF8String(i).toString() : (Object) contents.getBoolean(i);
      values.put(names.getUTF8String(i).toString(), content);
    }
    return values;
  }

  /** Spark's value for one of Java's. */
  public static Object of(Object value, DataType type) {
    if (value instanceof String text) {
      return UTF8String.fromString(text);
    }
    if (value instanceof BigDecimal amount) {
      DecimalType exact = (DecimalType) type;
      return Decimal.apply(amount, exact.precision(), exact.scale());
    }
    if (value instanceof Map<?, ?> map) {
      return of(map);
    }
    return value instanceof List<?> list ? of(list) : value;
  }

  private static ArrayData of(List<?> list) {
    Object[] items = new Object[list.size()];
    for (int i = 0; i < items.length; i++) {
      Object item = list.get(i);
      items[i] =
          item instanceof Identifier id
              ? row(UTF8String.fromString(id.type()), UTF8String.fromString(id.value()))
              : UTF8String.fromString((String) item);
    }
    return new GenericArrayData(items);
  }

  private static MapData of(Map<?, ?> map) {
    Object[] names = new Object[map.size()];
    Object[] contents = new Object[map.size()];
    int place = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      names[place] = UTF8String.fromString((String) entry.getKey());
      contents[place++] = of(entry.getValue(), DataTypes.StringType);
    }
    return new ArrayBasedMapData(new GenericArrayData(names), new GenericArrayData(contents));
  }

  /** A list of Spark's own values. */
  public static Object list(Object... values) {
    return new GenericArrayData(values);
  }

  /** A map of Spark's own values: each of {@code keys} to that of {@code values} at its place. */
  public static Object map(Object[] keys, Object[] values) {
    return new ArrayBasedMapData(new GenericArrayData(keys), new GenericArrayData(values));
  }

  /** A row of Spark's own values. */
  public static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }
}
