package io.itinera.core.trail;

import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.OrderLines.Line;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Touches of one customer in their order, lines of one order as one: it is what its first line is,
 * and takes the steps that any of them takes.
 */
final class Touches {

  private final List<Row> lines;
  private final List<Row> rows = new ArrayList<>();

  /** Of each line, the place of its touch. */
  private final int[] places;

  private final long[] micros;

  /**
   * @param lines touchpoints in their order, with {@link CountFunnels#AT} and {@link
   *     OrderLines#LINE}
   */
  Touches(List<Row> lines) {
    this.lines = lines;
    this.places = new int[lines.size()];
    OrderLines orders = new OrderLines();
    for (int i = 0; i < places.length; i++) {
      Row row = lines.get(i);
      places[i] = orders.touch(rows.size(), Line.of(row), row.<Long>getAs(CountFunnels.AT));
      if (places[i] == rows.size()) {
        rows.add(row);
      }
    }
    micros = rows.stream().mapToLong(row -> row.<Long>getAs(CountFunnels.AT)).toArray();
  }

  /** The first line of each. */
  List<Row> rows() {
    return rows;
  }

  /** When each was. */
  long[] micros() {
    return micros.clone();
  }

  /**
   * What each is to a funnel.
   *
   * @param funnel its place
   */
  long[] bits(int funnel) {
    long[] bits = new long[rows.size()];
    for (int i = 0; i < places.length; i++) {
      Row row = lines.get(i);
      bits[places[i]] |= row.<Long>getList(row.fieldIndex(CountFunnels.BITS)).get(funnel);
    }
    return bits;
  }
}
