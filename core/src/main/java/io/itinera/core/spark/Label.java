package io.itinera.core.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;

/**
 * The label that ordered rules give a touchpoint. What the rules look at are few values, which come
 * again and again, so a combination that was seen before is not judged again.
 */
public final class Label implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int MOST = 20_000;

  private final List<Input> inputs;
  private final Expression expression;
  private transient Map<Seen, String> known;

  /**
   * @param inputs what the rules look at
   * @param expression gives the label for a row of these values
   */
  Label(List<Input> inputs, Expression expression) {
    this.inputs = List.copyOf(inputs);
    this.expression = expression;
  }

  /**
   * A value of a touchpoint.
   *
   * @param column of the table
   * @param key of the column's map; null for the column as a whole
   * @param type of the value
   */
  record Input(String column, String key, DataType type) implements Serializable {

    Object of(Function<String, Object> touchpoint) {
      Object value = touchpoint.apply(column);
      return key == null || value == null ? value : ((Map<?, ?>) value).get(key);
    }
  }

  /**
   * Null where no rule holds, and there is no label for all others.
   *
   * @param touchpoint gives the value of a column
   */
  public String of(Function<String, Object> touchpoint) {
    Object[] values = new Object[inputs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = inputs.get(i).of(touchpoint);
    }
    if (known == null) {
      known = new HashMap<>();
    }
    Seen key = new Seen(values);
    String label = known.get(key);
    if (label == null && !known.containsKey(key)) {
      label = judged(values);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(key, label);
    }
    return label;
  }

  /** Values that were judged. A list's own hash is the same for too many lists. */
  private static final class Seen {

    private static final int PRIME = 0x9E3779B1;

    private final Object[] values;
    private final int hash;

    private Seen(Object[] values) {
      this.values = values;
      int mixed = 0;
      for (Object value : values) {
        mixed = (mixed ^ Objects.hashCode(value)) * PRIME;
        mixed ^= mixed >>> 15;
      }
      this.hash = mixed;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Seen seen && hash == seen.hash && Arrays.equals(values, seen.values);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private String judged(Object[] values) {
    Object[] row = new Object[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = SparkValues.of(values[i], inputs.get(i).type());
    }
    InternalRow inputsOfRow = SparkValues.row(row);
    Object label = expression.eval(inputsOfRow);
    return label == null ? null : label.toString();
  }
}
