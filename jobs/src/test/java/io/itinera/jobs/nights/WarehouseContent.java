package io.itinera.jobs.nights;

import static java.util.Comparator.comparing;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.map_entries;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.StoredRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;

/** What a warehouse says, without what only tells how it came to be. */
final class WarehouseContent {

  private static final Set<String> HISTORY =
      Set.of(
          "run_id",
          "loaded_run_id",
          "loaded_at",
          "rejected_at",
          "path",
          "file_path",
          "file_written_at",
          Evidence.DIGEST,
          "model_path");

  private WarehouseContent() {}

  /** Rows of {@code table}, in an order that depends on nothing but them. */
  static List<Map<String, Object>> rows(Lake lake, Table table) {
    List<Map<String, Object>> rows = StoredRows.of(lake, table);
    rows.forEach(row -> row.keySet().removeAll(HISTORY));
    rows.sort(comparing(Map::toString));
    return rows;
  }

  /** The same of rows that somebody has chosen, as JSON. */
  static List<String> texts(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : rows.schema().fields()) {
      if (!HISTORY.contains(field.name())) {
        columns.add(
            field.dataType() instanceof MapType
                ? array_sort(map_entries(col(field.name()))).as(field.name())
                : col(field.name()));
      }
    }
    return rows
        .select(columns.toArray(Column[]::new))
        .selectExpr("to_json(struct(*)) AS row")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** Versions of {@code tables}, by name. */
  static Map<String, Long> versions(Lake lake, List<Table> tables) {
    Map<String, Long> versions = new TreeMap<>();
    tables.forEach(table -> versions.put(table.name(), lake.version(table)));
    return versions;
  }
}
