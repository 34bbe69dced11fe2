package io.itinera.core.persona;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.itinera.core.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** A handful of computed rows as a dataset, without asking anybody for a session. */
final class LiteralRows {

  private static final String ROW = "row";

  private LiteralRows() {}

  /**
   * The given rows under the contract of {@code table}.
   *
   * @param any any dataset; none of its rows is read
   * @param rows column name to value; a column without one is null
   */
  static Dataset<Row> of(Dataset<Row> any, Table table, List<Map<String, Column>> rows) {
    Column[] structs = rows.stream().map(row -> asStruct(table, row)).toArray(Column[]::new);
    Column all = array(structs).cast(createArrayType(table.schema()));
    Dataset<Row> single = any.limit(0).agg(count(lit(1)));
    return table.conform(single.select(explode(all).as(ROW)).select(col(ROW + ".*")));
  }

  private static Column asStruct(Table table, Map<String, Column> row) {
    return struct(
        Arrays.stream(table.schema().fields())
            .map(field -> value(field, row))
            .toArray(Column[]::new));
  }

  private static Column value(StructField field, Map<String, Column> row) {
    return row.getOrDefault(field.name(), lit(null)).cast(field.dataType()).as(field.name());
  }
}
