package io.itinera.jobs.read;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.RawFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of Parquet files as they are stored. Where a column is of another type from file to file, or
 * of another one than the source declares, there is no schema by which Spark could read them all:
 * then files of each schema are read apart.
 *
 * @param rows one dataset for each scan
 * @param types the type that each column must become
 */
record ParquetScans(List<Dataset<Row>> rows, Map<String, DataType> types) {

  /**
   * Opens files in as few scans as can be.
   *
   * @param kinds files of equal schema together
   */
  static ParquetScans of(SparkSession spark, SourceRules source, Collection<List<RawFile>> kinds) {
    Map<String, String> options = source.files().options();
    Optional<StructType> declared = source.files().schema().map(StructType::fromDDL);
    return declared
        .map(schema -> declared(spark, options, schema, kinds))
        .orElseGet(() -> merged(spark, options, kinds));
  }

  private static ParquetScans declared(
      SparkSession spark,
      Map<String, String> options,
      StructType declared,
      Collection<List<RawFile>> kinds) {
    List<StructType> readable =
        kinds.stream()
            .map(kind -> readable(declared, spark.read().parquet(literal(kind.get(0))).schema()))
            .toList();
    List<Dataset<Row>> rows = new ArrayList<>();
    if (readable.stream().allMatch(declared::equals)) {
      rows.add(spark.read().options(options).schema(declared).parquet(paths(kinds)));
    } else {
      int place = 0;
      for (List<RawFile> kind : kinds) {
        StructType schema = readable.get(place++);
        rows.add(spark.read().options(options).schema(schema).parquet(paths(List.of(kind))));
      }
    }
    return new ParquetScans(rows, types(declared));
  }

  /** {@code declared}, but as it is {@code stored} where Spark cannot read one as the other. */
  private static StructType readable(StructType declared, StructType stored) {
    Map<String, DataType> own = types(stored);
    return new StructType(
        Arrays.stream(declared.fields())
            .map(
                field -> {
                  DataType type = own.getOrDefault(field.name(), field.dataType());
                  return isSameShape(field.dataType(), type)
                      ? field
                      : DataTypes.createStructField(field.name(), type, true);
                })
            .toArray(StructField[]::new));
  }

  /** Types of the fields by their names, in any spelling. */
  private static Map<String, DataType> types(StructType struct) {
    Map<String, DataType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(struct.fields()).forEach(field -> types.put(field.name(), field.dataType()));
    return types;
  }

  /** Whether Spark can read what is {@code stored} as what is declared. */
  private static boolean isSameShape(DataType declared, DataType stored) {
    if (declared instanceof ArrayType one && stored instanceof ArrayType other) {
      return isSameShape(one.elementType(), other.elementType());
    }
    if (declared instanceof StructType one && stored instanceof StructType other) {
      Map<String, DataType> own = types(other);
      return Arrays.stream(one.fields())
          .allMatch(
              field ->
                  isSameShape(field.dataType(), own.getOrDefault(field.name(), field.dataType())));
    }
    return declared.getClass().equals(stored.getClass());
  }

  private static ParquetScans merged(
      SparkSession spark, Map<String, String> options, Collection<List<RawFile>> kinds) {
    List<Dataset<Row>> rows = new ArrayList<>();
    try {
      rows.add(spark.read().options(options).option("mergeSchema", true).parquet(paths(kinds)));
    } catch (Exception e) {
      // Scala declares no exceptions, so the compiler knows of no checked one here.
      if (!(e instanceof SparkException)) {
        throw e;
      }
      kinds.forEach(kind -> rows.add(spark.read().options(options).parquet(paths(List.of(kind)))));
    }
    Map<String, Set<DataType>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Dataset<Row> scan : rows) {
      for (StructField field : scan.schema().fields()) {
        found.computeIfAbsent(field.name(), name -> new HashSet<>()).add(field.dataType());
      }
    }
    Map<String, DataType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    found.forEach(
        (name, all) ->
            types.put(name, all.size() == 1 ? all.iterator().next() : DataTypes.StringType));
    return new ParquetScans(rows, types);
  }

  private static String[] paths(Collection<List<RawFile>> kinds) {
    return kinds.stream().flatMap(List::stream).map(ParquetScans::literal).toArray(String[]::new);
  }

  /** The path of {@code file}, in which nothing is a pattern: Spark would take it for a glob. */
  private static String literal(RawFile file) {
    return file.path().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
  }
}
