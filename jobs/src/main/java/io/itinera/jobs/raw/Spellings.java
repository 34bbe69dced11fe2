package io.itinera.jobs.raw;

import static org.apache.spark.sql.functions.coalesce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Fields whose names differ in upper and lower case only, which Spark would call ambiguous. Those
 * of a record are one field, whichever spelling a record uses; of those within a field only the
 * first spelling is read.
 *
 * @param all spellings of each field of a record, by {@link Fields#folded folded} name
 */
record Spellings(Map<String, List<String>> all) {

  private static final String PLACE = "field_";

  static Spellings of(StructType shown) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String name : shown.fieldNames()) {
      all.computeIfAbsent(Fields.folded(name), folded -> new ArrayList<>()).add(name);
    }
    return new Spellings(all);
  }

  /** {@code type} with only the first spelling of each field, at all depths. */
  static DataType first(DataType type) {
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(first(array.elementType()), array.containsNull());
    }
    return type instanceof StructType struct ? firstOf(struct) : type;
  }

  static StructType firstOf(StructType struct) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    for (StructField field : struct.fields()) {
      fields.putIfAbsent(
          Fields.folded(field.name()),
          new StructField(
              field.name(), first(field.dataType()), field.nullable(), field.metadata()));
    }
    return new StructType(fields.values().toArray(StructField[]::new));
  }

  /** {@code schema}, and behind its fields each further spelling with the type of the first. */
  StructType addedTo(StructType schema) {
    StructType added = schema;
    for (StructField field : schema.fields()) {
      for (String spelling : further(field.name())) {
        added = added.add(spelling, field.dataType());
      }
    }
    return added;
  }

  /**
   * The value of a field under any of its spellings.
   *
   * @param parsed a struct of {@code schema}, which {@link #addedTo} made
   */
  Column value(Column parsed, StructType schema, String name) {
    List<String> further = further(name);
    if (further.isEmpty()) {
      return parsed.getField(name);
    }
    Column byPlace = parsed.cast(named(schema));
    List<Column> values = new ArrayList<>();
    values.add(byPlace.getField(PLACE + schema.fieldIndex(name)));
    further.forEach(spelling -> values.add(byPlace.getField(PLACE + schema.fieldIndex(spelling))));
    return coalesce(values.toArray(Column[]::new));
  }

  private List<String> further(String name) {
    return all.getOrDefault(Fields.folded(name), List.of()).stream()
        .filter(spelling -> !spelling.equals(name))
        .toList();
  }

  private static StructType named(StructType schema) {
    StructType named = new StructType();
    for (StructField field : schema.fields()) {
      named = named.add(PLACE + named.size(), field.dataType());
    }
    return named;
  }
}
