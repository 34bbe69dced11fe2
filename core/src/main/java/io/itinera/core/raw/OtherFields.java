package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_contains_key;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.ColumnTypes;
import org.apache.spark.sql.Column;

/** Fields that nobody asked for: a vendor's new column is kept before anybody has noticed it. */
final class OtherFields {

  private OtherFields() {}

  /** The block's map of texts {@code name}, and with it the record's {@link RawRecords#OTHER}. */
  static Column keptIn(MappedColumns block, String name) {
    Column mapped = block.typed(name, ColumnTypes.STRING_MAP);
    Column other = col(RawRecords.OTHER);
    Column added = map_filter(other, (key, value) -> not(map_contains_key(mapped, key)));
    return when(other.isNull(), mapped)
        .when(mapped.isNull(), other)
        .otherwise(coalesce(map_concat(mapped, added), mapped));
  }
}
