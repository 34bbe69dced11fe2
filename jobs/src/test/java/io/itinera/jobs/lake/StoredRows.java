package io.itinera.jobs.lake;

import static java.util.Comparator.comparing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.itinera.core.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What a table's files hold, read by Delta's own library: a test that compares all tables of two
 * warehouses would have Spark plan a hundred queries.
 */
public final class StoredRows {

  private static final Engine ENGINE = DefaultEngine.create(new Configuration());

  private StoredRows() {}

  /**
   * All rows of the latest version of {@code table}, in an order that depends on nothing but them:
   * columns to values, without those that are null. Values are text, numbers, {@link LocalDate},
   * {@link Instant}, lists and maps.
   */
  public static List<Map<String, Object>> of(Lake lake, Table table) {
    Snapshot snapshot = TableManager.loadSnapshot(lake.path(table)).build(ENGINE);
    Scan scan = snapshot.getScanBuilder().build();
    List<Map<String, Object>> found = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(ENGINE)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> listed = files.next().getRows()) {
          while (listed.hasNext()) {
            read(scan.getScanState(ENGINE), listed.next(), found);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(comparing(Map::toString));
    return found;
  }

  private static void read(Row state, Row file, List<Map<String, Object>> found)
      throws IOException {
    CloseableIterator<ColumnarBatch> stored =
        ENGINE
            .getParquetHandler()
            .readParquetFiles(
                singleton(InternalScanFileUtils.getAddFileStatus(file)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(FileReadResult::getData);
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(ENGINE, state, file, stored)) {
      while (batches.hasNext()) {
        add(batches.next(), found);
      }
    }
  }

  private static <T> CloseableIterator<T> singleton(T only) {
    return io.delta.kernel.internal.util.Utils.singletonCloseableIterator(only);
  }

  private static void add(FilteredColumnarBatch batch, List<Map<String, Object>> found) {
    ColumnarBatch rows = batch.getData();
    for (int number = 0; number < rows.getSize(); number++) {
      int place = number;
      if (batch.getSelectionVector().map(kept -> kept.getBoolean(place)).orElse(true)) {
        found.add(row(rows, number));
      }
    }
  }

  private static Map<String, Object> row(ColumnarBatch rows, int number) {
    List<String> names = rows.getSchema().fieldNames();
    Map<String, Object> row = new LinkedHashMap<>();
    for (int column = 0; column < names.size(); column++) {
      Object value = value(rows.getColumnVector(column), number);
      if (value != null) {
        row.put(names.get(column), value);
      }
    }
    return row;
  }

  private static Object value(ColumnVector vector, int number) {
    if (vector.isNullAt(number)) {
      return null;
    }
    DataType type = vector.getDataType();
    if (type instanceof StringType) {
      return vector.getString(number);
    }
    if (type instanceof LongType) {
      return vector.getLong(number);
    }
    if (type instanceof IntegerType) {
      return vector.getInt(number);
    }
    if (type instanceof DoubleType) {
      return vector.getDouble(number);
    }
    if (type instanceof BooleanType) {
      return vector.getBoolean(number);
    }
    if (type instanceof DecimalType) {
      return vector.getDecimal(number);
    }
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay(vector.getInt(number));
    }
    if (type instanceof TimestampType) {
      return Instant.EPOCH.plus(vector.getLong(number), ChronoUnit.MICROS);
    }
    return nested(type, vector, number);
  }

  private static Object nested(DataType type, ColumnVector vector, int number) {
    if (type instanceof ArrayType) {
      return values(vector.getArray(number).getElements(), vector.getArray(number).getSize());
    }
    if (type instanceof MapType) {
      int size = vector.getMap(number).getSize();
      List<Object> keys = values(vector.getMap(number).getKeys(), size);
      List<Object> values = values(vector.getMap(number).getValues(), size);
      Map<Object, Object> map = new TreeMap<>();
      for (int place = 0; place < size; place++) {
        map.put(keys.get(place), values.get(place));
      }
      return map;
    }
    if (type instanceof StructType struct) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (int place = 0; place < struct.length(); place++) {
        fields.put(struct.at(place).getName(), value(vector.getChild(place), number));
      }
      return fields;
    }
    throw new IllegalArgumentException("Values of type %s are not read here".formatted(type));
  }

  private static List<Object> values(ColumnVector elements, int size) {
    List<Object> values = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      values.add(value(elements, place));
    }
    return values;
  }
}
