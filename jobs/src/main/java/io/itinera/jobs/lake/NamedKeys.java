package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows that are about one of some things, such as identifiers or customers.
 *
 * @param columns of the table, which name the thing
 * @param keys the things: as many columns, of any names, in the same order; null names nothing
 */
public record NamedKeys(List<String> columns, Dataset<Row> keys) implements Replaced {

  private static final String KEY = "named_key_";

  public NamedKeys {
    columns = List.copyOf(columns);
    if (columns.size() != keys.columns().length) {
      throw new IllegalArgumentException(
          "%s are not named by %s".formatted(columns, List.of(keys.columns())));
    }
  }

  @Override
  public Dataset<Row> replaced(Dataset<Row> rows) {
    return join(rows, "left_semi");
  }

  @Override
  public Dataset<Row> staying(Dataset<Row> rows) {
    return join(rows, "left_anti");
  }

  private Dataset<Row> join(Dataset<Row> rows, String joinType) {
    String[] names =
        IntStream.range(0, columns.size()).mapToObj(place -> KEY + place).toArray(String[]::new);
    Column isNamed =
        IntStream.range(0, names.length)
            .mapToObj(place -> col(columns.get(place)).equalTo(col(names[place])))
            .reduce(Column::and)
            .orElseThrow();
    return rows.join(keys.toDF(names), isNamed, joinType);
  }
}
