package io.itinera.testing;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs a step on the same rows laid out differently and asks for the same table. */
public final class AnyPartitioning {

  private AnyPartitioning() {}

  /** Asserts that {@code step} gives equal rows from 1 partition and from 7 in another order. */
  public static void assertSame(Dataset<Row> rows, UnaryOperator<Dataset<Row>> step) {
    Column[] cells = Arrays.stream(rows.columns()).map(rows::col).toArray(Column[]::new);
    Dataset<Row> whole = rows.coalesce(1);
    Dataset<Row> shuffled = rows.repartition(7, xxhash64(to_json(struct(cells))));
    List<String> first = print(step.apply(whole));
    assertThat(first).isNotEmpty().isEqualTo(print(step.apply(shuffled)));
  }

  /** The rows as text, sorted: every digit of every number shows. */
  public static List<String> print(Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream().sorted().toList();
  }
}
