package io.itinera.core.raw;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;

/** Telephone numbers that could not be read: they name nobody, but are not thrown away. */
final class UnreadPhones {

  private UnreadPhones() {}

  /** The block's telephone number as a property, if it could not be read; else null. */
  static Column of(MappedColumns block, String region) {
    String phone = NormaliseIdentifiers.PHONE;
    boolean isOneValue =
        block.rules().identifiers().containsKey(phone)
            && !(block.identifierType(phone) instanceof ArrayType);
    if (!isOneValue) {
      return OtherFields.NONE;
    }
    Column text = MappedColumns.text(block.identifier(phone));
    Column isUnread = text.isNotNull().and(NormaliseIdentifiers.phone(text, region).isNull());
    return when(isUnread, map(lit(phone), text));
  }
}
