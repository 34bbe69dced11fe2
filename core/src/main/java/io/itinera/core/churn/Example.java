package io.itinera.core.churn;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** What a customer had done at a cut-off, and what came of it. */
final class Example {

  private final double[] customer;
  private final boolean silent;

  Example(double[] customer, boolean silent) {
    this.customer = customer;
    this.silent = silent;
  }

  /** The customer's numbers, in the order of {@link Behaviour}. */
  double[] customer() {
    return customer;
  }

  /** Whether nothing was ordered within the window behind the cut-off. */
  boolean silent() {
    return silent;
  }

  /** Of rows as {@link DescribeBehaviour#labelled} gives them, in their order. */
  static List<Example> of(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new Example(
                    customer(row), row.getDouble(row.fieldIndex(DescribeBehaviour.SILENT)) == 1))
        .toList();
  }

  /** The numbers of a row, which stand behind the customer's id. */
  static double[] customer(Row row) {
    return IntStream.rangeClosed(1, Behaviour.values().length)
        .mapToDouble(row::getDouble)
        .toArray();
  }

  static long silent(List<Example> examples) {
    return examples.stream().filter(Example::silent).count();
  }
}
