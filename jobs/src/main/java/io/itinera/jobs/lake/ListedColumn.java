package io.itinera.jobs.lake;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.DataType;
import java.math.BigDecimal;
import java.util.List;

/**
 * A column of values that are at hand.
 *
 * @param values as the library has them: days and microseconds since 1970 as numbers, null for none
 */
record ListedColumn(DataType type, List<Object> values) implements ColumnVector {

  @Override
  public DataType getDataType() {
    return type;
  }

  @Override
  public int getSize() {
    return values.size();
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  @Override
  public boolean isNullAt(int row) {
    return values.get(row) == null;
  }

  @Override
  public boolean getBoolean(int row) {
    return (Boolean) values.get(row);
  }

  @Override
  public int getInt(int row) {
    return (Integer) values.get(row);
  }

  @Override
  public long getLong(int row) {
    return (Long) values.get(row);
  }

  @Override
  public double getDouble(int row) {
    return (Double) values.get(row);
  }

  @Override
  public String getString(int row) {
    return (String) values.get(row);
  }

  @Override
  public BigDecimal getDecimal(int row) {
    return (BigDecimal) values.get(row);
  }

  @Override
  public ArrayValue getArray(int row) {
    return (ArrayValue) values.get(row);
  }

  @Override
  public MapValue getMap(int row) {
    return (MapValue) values.get(row);
  }
}
