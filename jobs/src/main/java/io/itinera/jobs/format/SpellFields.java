package io.itinera.jobs.format;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes JSON with the fields of a type as that type spells them.
 *
 * @param options of Spark's reader
 */
public record SpellFields(Map<String, String> options, FieldSpelling spelling)
    implements UDF1<String, String> {

  @Override
  public String call(String text) {
    return text == null ? null : new LenientJson(options, Fields.NONE, spelling).respelt(text);
  }

  /** {@code type} with only the first spelling of each field, at all depths. */
  static DataType first(DataType type) {
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(first(array.elementType()), array.containsNull());
    }
    if (type instanceof MapType map) {
      return DataTypes.createMapType(
          map.keyType(), first(map.valueType()), map.valueContainsNull());
    }
    return type instanceof StructType struct ? firstOf(struct) : type;
  }

  /**
   * {@code struct}, in all its depth, without fields whose names are an earlier one's in other
   * letters.
   */
  public static StructType firstOf(StructType struct) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    for (StructField field : struct.fields()) {
      fields.putIfAbsent(
          Fields.folded(field.name()),
          new StructField(
              field.name(), first(field.dataType()), field.nullable(), field.metadata()));
    }
    return new StructType(fields.values().toArray(StructField[]::new));
  }
}
