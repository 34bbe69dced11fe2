package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;

/** What makes a record the same, and its content the same, when it is delivered again. */
final class RecordIds {

  private static final String SEPARATOR = "|";
  private static final int HEX_DIGITS = 32;

  private RecordIds() {}

  /** 128 bits as hex: of the source and the record's own id. */
  static Column fromRecordId(String source, Column recordId) {
    return hash(lit(source), recordId);
  }

  /**
   * 128 bits as hex: of the source, the record's text and its ordinal among equal records of its
   * file, so that two equal lines of one file are two and a file delivered twice is one.
   */
  static Column fromText(SourceRules source) {
    return hash(lit(source.name()), col(RawRecords.RECORD), col(MapRecords.ORDINAL));
  }

  private static Column hash(Column... parts) {
    Column text = concat_ws(SEPARATOR, parts);
    return substring(sha2(text.cast("binary"), 256), 1, HEX_DIGITS);
  }

  /** 64-bit hash of {@code contents}, which tells a null from an empty value and its place. */
  static Column contentHash(List<Column> contents, List<DataType> types) {
    List<Column> parts = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      Column content = contents.get(i);
      // Spark hashes no maps, and skips nulls.
      parts.add(types.get(i) instanceof MapType ? sort_array(map_entries(content)) : content);
      parts.add(content.isNull());
    }
    return coalesce(xxhash64(parts.toArray(Column[]::new)), lit(0L));
  }
}
