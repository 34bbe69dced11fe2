package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_contains_key;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.ColumnTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/** Fields that nobody asked for: a vendor's new column is kept before anybody has noticed it. */
final class OtherFields {

  /** No further field. */
  static final Column NONE = lit(null).cast(ColumnTypes.STRING_MAP);

  private OtherFields() {}

  /**
   * The block's map of texts {@code name}, and with it what it lacks of the record's {@link
   * RawRecords#OTHER} fields and of {@code further} ones, whose keys differ from each other's.
   */
  static Column keptIn(MappedColumns block, String name, Column... further) {
    Column mapped = block.typed(name, ColumnTypes.STRING_MAP);
    List<Column> others = new ArrayList<>(List.of(col(RawRecords.OTHER)));
    others.addAll(List.of(further));
    others.removeIf(NONE::equals);
    Column isMappedOnly = others.stream().map(Column::isNull).reduce(Column::and).orElse(lit(true));
    List<Column> all = new ArrayList<>(List.of(orEmpty(mapped)));
    others.forEach(fields -> all.add(without(mapped, fields)));
    return when(isMappedOnly, mapped).otherwise(map_concat(all.toArray(Column[]::new)));
  }

  private static Column without(Column mapped, Column fields) {
    return map_filter(
        orEmpty(fields), (key, value) -> not(coalesce(map_contains_key(mapped, key), lit(false))));
  }

  private static Column orEmpty(Column fields) {
    return coalesce(fields, map().cast(ColumnTypes.STRING_MAP));
  }
}
