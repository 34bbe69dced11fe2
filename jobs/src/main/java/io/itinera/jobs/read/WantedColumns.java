package io.itinera.jobs.read;

import io.itinera.core.source.RawRecords;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Adds to a schema what expressions name but files lack, so that it reads as null. */
final class WantedColumns {

  private WantedColumns() {}

  /**
   * Adds each of {@code paths} that {@code schema} lacks, as text.
   *
   * @param inferred whether a text may stand for something the files never showed, which becomes a
   *     struct where a path leads into it
   */
  static StructType added(StructType schema, Set<List<String>> paths, boolean inferred) {
    StructType widened = schema;
    for (List<String> path : paths) {
      if (!RawRecords.COLUMNS.contains(path.get(0)) && !path.get(0).equals(ExplodeRecords.ITEM)) {
        widened = added(widened, path, inferred);
      }
    }
    return widened;
  }

  private static StructType added(StructType schema, List<String> path, boolean inferred) {
    List<String> rest = path.subList(1, path.size());
    boolean isThere =
        Arrays.stream(schema.fieldNames()).anyMatch(name -> name.equalsIgnoreCase(path.get(0)));
    if (!isThere) {
      return schema.add(path.get(0), typeOf(rest));
    }
    if (rest.isEmpty()) {
      return schema;
    }
    return new StructType(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    field.name().equalsIgnoreCase(path.get(0))
                        ? new StructField(
                            field.name(),
                            added(field.dataType(), rest, inferred),
                            field.nullable(),
                            field.metadata())
                        : field)
            .toArray(StructField[]::new));
  }

  private static DataType added(DataType type, List<String> path, boolean inferred) {
    if (type instanceof StructType struct) {
      return added(struct, path, inferred);
    }
    if (type instanceof ArrayType array) {
      DataType element = added(array.elementType(), path, inferred);
      return DataTypes.createArrayType(element, array.containsNull());
    }
    return inferred && type.equals(DataTypes.StringType) ? typeOf(path) : type;
  }

  private static DataType typeOf(List<String> path) {
    return path.isEmpty()
        ? DataTypes.StringType
        : new StructType().add(path.get(0), typeOf(path.subList(1, path.size())));
  }
}
