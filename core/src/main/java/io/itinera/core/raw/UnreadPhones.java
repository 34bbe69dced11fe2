package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_contains_key;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;

/** Telephone numbers that could not be read: they name nobody, but are not thrown away. */
final class UnreadPhones {

  private UnreadPhones() {}

  /** {@code properties}, and in them the block's telephone number if it could not be read. */
  static Column keptIn(Column properties, MappedColumns block, String region) {
    String phone = NormaliseIdentifiers.PHONE;
    boolean isOneValue =
        block.rules().identifiers().containsKey(phone)
            && !(block.identifierType(phone) instanceof ArrayType);
    if (!isOneValue) {
      return properties;
    }
    Column text = MappedColumns.text(block.identifier(phone));
    Column isUnread = text.isNotNull().and(NormaliseIdentifiers.phone(text, region).isNull());
    Column isKept = coalesce(map_contains_key(properties, phone), lit(false));
    Column added = map(lit(phone), text);
    return when(isUnread.and(properties.isNull()), added)
        .when(isUnread.and(isKept.equalTo(false)), map_concat(properties, added))
        .otherwise(properties);
  }
}
