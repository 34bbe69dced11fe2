package io.itinera.jobs.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What came out of a figure's query.
 *
 * @param figure the figure
 * @param rows values in the order of its fields: texts, longs, doubles, days and moments as ISO
 *     texts, or null
 */
public record Finding(Figure figure, List<List<Object>> rows) {

  /** Whether the query has found nothing. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The places of the rows. */
  public int[] places() {
    return IntStream.range(0, rows.size()).toArray();
  }

  /** The value of the column {@code name} in a row. */
  public Object value(int row, String name) {
    return rows.get(row).get(figure.place(name));
  }

  /** The same as text; empty for none. */
  public String text(int row, String name) {
    Object value = value(row, name);
    return value == null ? "" : value.toString();
  }

  /** The same as number; 0 for none. */
  public double number(int row, String name) {
    return value(row, name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** The sum of the column {@code name} over all rows. */
  public double sum(String name) {
    return IntStream.of(places()).mapToDouble(row -> number(row, name)).sum();
  }

  /** The sum of the column {@code name} over rows in which {@code key} is {@code wanted}. */
  public double sumWhere(String name, String key, String wanted) {
    return IntStream.of(places())
        .filter(row -> text(row, key).equals(wanted))
        .mapToDouble(row -> number(row, name))
        .sum();
  }
}
