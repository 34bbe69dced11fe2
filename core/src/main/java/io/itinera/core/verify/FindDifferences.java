package io.itinera.core.verify;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.Table;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/** Finds where stored rows are others than they should be, and tells no value of them. */
public final class FindDifferences {

  public static final String TABLE_NAME = "table_name";

  /** Column: the values of the key, which are ids, by comma. */
  public static final String ROW_KEY = "row_key";

  /** Column: the column that has another value, or one of the words below. */
  public static final String COLUMN_NAME = "column_name";

  /** Instead of a column: no row with that key is stored. */
  public static final String MISSING = "(row is missing)";

  /** Instead of a column: no row with that key should be there. */
  public static final String UNDUE = "(row should not be there)";

  /** Instead of a column: several rows with that key are stored. */
  public static final String REPEATED = "(row is there more than once)";

  private static final String EXPECTED = "expected_row";
  private static final String STORED = "stored_row";
  private static final String EXPECTED_COUNT = "expected_count";
  private static final String STORED_COUNT = "stored_count";

  private FindDifferences() {}

  /**
   * One row per stored row and column with another value than expected.
   *
   * @param table whose key tells rows apart and whose columns are compared
   * @param expected rows as they should be, each key once
   * @param stored rows as they are
   * @return {@link #TABLE_NAME}, {@link #ROW_KEY}, {@link #COLUMN_NAME}
   */
  public static Dataset<Row> between(Table table, Dataset<Row> expected, Dataset<Row> stored) {
    Column[] key = table.key().stream().map(name -> col(name)).toArray(Column[]::new);
    Column[] texts = Stream.of(key).map(part -> part.cast("string")).toArray(Column[]::new);
    // Not a join: rows of both sides are sent around once, and neither has to be the smaller.
    Dataset<Row> both =
        side(table, expected, EXPECTED, STORED).unionByName(side(table, stored, STORED, EXPECTED));
    return both.groupBy(key)
        .agg(
            first(EXPECTED, true).as(EXPECTED),
            first(STORED, true).as(STORED),
            count(EXPECTED).as(EXPECTED_COUNT),
            count(STORED).as(STORED_COUNT))
        .select(
            lit(table.name()).as(TABLE_NAME),
            concat_ws(", ", texts).as(ROW_KEY),
            explode(differing(table)).as(COLUMN_NAME));
  }

  private static Dataset<Row> side(Table table, Dataset<Row> rows, String name, String other) {
    Column[] values =
        Stream.of(table.schema().fields()).map(FindDifferences::comparable).toArray(Column[]::new);
    Column whole = struct(values);
    Column[] key = table.key().stream().map(column -> col(column)).toArray(Column[]::new);
    Column[] columns =
        Stream.concat(Stream.of(key), Stream.of(whole.as(name), when(lit(false), whole).as(other)))
            .toArray(Column[]::new);
    return table.conform(rows).select(columns);
  }

  /** Of a map only its entries in order can be compared. */
  private static Column comparable(StructField field) {
    Column value = col(field.name());
    return field.dataType() instanceof MapType
        ? array_sort(map_entries(value)).as(field.name())
        : value;
  }

  private static Column differing(Table table) {
    Column[] others =
        Stream.of(table.schema().fieldNames())
            .map(
                name ->
                    when(
                        not(col(EXPECTED).getField(name).eqNullSafe(col(STORED).getField(name))),
                        lit(name)))
            .toArray(Column[]::new);
    return when(col(STORED_COUNT).equalTo(0), array(lit(MISSING)))
        .when(col(EXPECTED_COUNT).equalTo(0), array(lit(UNDUE)))
        .when(col(STORED_COUNT).gt(1), array(lit(REPEATED)))
        .otherwise(array_compact(array(others)));
  }
}
