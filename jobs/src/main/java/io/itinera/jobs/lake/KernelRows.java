package io.itinera.jobs.lake;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Rows between Spark's form and that of the library which reads and writes files without Spark. */
final class KernelRows {

  private KernelRows() {}

  /** Whether rows of these columns can be told in both forms. */
  static boolean canTell(StructType columns) {
    return columns.fields().stream().allMatch(column -> isKnown(column.getDataType()));
  }

  private static boolean isKnown(DataType type) {
    if (type instanceof MapType map) {
      return map.getKeyType() instanceof StringType && isPlain(map.getValueType());
    }
    return type instanceof ArrayType array
        ? array.getElementType() instanceof StringType
        : isPlain(type)
            || type instanceof BooleanType
            || type instanceof DateType
            || type instanceof TimestampType;
  }

  /** Whether a value is the same in both forms. */
  private static boolean isPlain(DataType type) {
    return type instanceof StringType
        || type instanceof LongType
        || type instanceof DoubleType
        || type instanceof DecimalType;
  }

  /** The rows of {@code batch}, as Spark would hand them out. */
  static List<Row> toSpark(ColumnarBatch batch) {
    StructType columns = batch.getSchema();
    List<Row> rows = new ArrayList<>(batch.getSize());
    for (int number = 0; number < batch.getSize(); number++) {
      Object[] values = new Object[columns.length()];
      for (int place = 0; place < values.length; place++) {
        ColumnVector vector = batch.getColumnVector(place);
        values[place] = vector.isNullAt(number) ? null : value(vector, number);
      }
      rows.add(RowFactory.create(values));
    }
    return rows;
  }

  private static Object value(ColumnVector vector, int number) {
    DataType type = vector.getDataType();
    if (type instanceof StringType) {
      return vector.getString(number);
    }
    if (type instanceof LongType) {
      return vector.getLong(number);
    }
    if (type instanceof DoubleType) {
      return vector.getDouble(number);
    }
    if (type instanceof BooleanType) {
      return vector.getBoolean(number);
    }
    if (type instanceof DateType) {
      return Date.valueOf(LocalDate.ofEpochDay(vector.getInt(number)));
    }
    if (type instanceof TimestampType) {
      return Timestamp.from(Instant.EPOCH.plus(vector.getLong(number), ChronoUnit.MICROS));
    }
    if (type instanceof DecimalType) {
      return vector.getDecimal(number);
    }
    return type instanceof ArrayType
        ? CollectionConverters.asScala(VectorUtils.toJavaList(vector.getArray(number))).toSeq()
        : CollectionConverters.asScala(VectorUtils.toJavaMap(vector.getMap(number)));
  }

  /**
   * Rows as files take them.
   *
   * @param columns of {@code rows}, in their order
   */
  static ColumnarBatch toKernel(StructType columns, List<Row> rows) {
    ColumnVector[] vectors = new ColumnVector[columns.length()];
    for (int place = 0; place < vectors.length; place++) {
      DataType type = columns.at(place).getDataType();
      List<Object> values = new ArrayList<>(rows.size());
      for (Row row : rows) {
        values.add(row.isNullAt(place) ? null : value(type, row, place));
      }
      vectors[place] = new ListedColumn(type, values);
    }
    return new DefaultColumnarBatch(rows.size(), columns, vectors);
  }

  private static Object value(DataType type, Row row, int place) {
    if (type instanceof DateType) {
      return Math.toIntExact(row.getDate(place).toLocalDate().toEpochDay());
    }
    if (type instanceof TimestampType) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, row.getTimestamp(place).toInstant());
    }
    if (type instanceof DecimalType decimal) {
      return row.getDecimal(place).setScale(decimal.getScale());
    }
    if (type instanceof ArrayType array) {
      return array(array, row.get(place));
    }
    return type instanceof MapType map ? map(map, row.get(place)) : row.get(place);
  }

  private static ArrayValue array(ArrayType type, Object given) {
    List<Object> values =
        given instanceof scala.collection.Seq<?> theirs
            ? new ArrayList<>(CollectionConverters.asJava(theirs))
            : new ArrayList<>((List<?>) given);
    ColumnVector elements = new ListedColumn(type.getElementType(), values);
    return new ArrayValue() {
      @Override
      public int getSize() {
        return values.size();
      }

      @Override
      public ColumnVector getElements() {
        return elements;
      }
    };
  }

  private static MapValue map(MapType type, Object given) {
    Map<?, ?> map =
        given instanceof scala.collection.Map<?, ?> theirs
            ? CollectionConverters.asJava(theirs)
            : (Map<?, ?>) given;
    List<Object> keys = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    map.forEach(
        (key, value) -> {
          keys.add(key);
          values.add(value);
        });
    ColumnVector keyVector = new ListedColumn(type.getKeyType(), keys);
    ColumnVector valueVector = new ListedColumn(type.getValueType(), values);
    return new MapValue() {
      @Override
      public int getSize() {
        return keys.size();
      }

      @Override
      public ColumnVector getKeys() {
        return keyVector;
      }

      @Override
      public ColumnVector getValues() {
        return valueVector;
      }
    };
  }
}
