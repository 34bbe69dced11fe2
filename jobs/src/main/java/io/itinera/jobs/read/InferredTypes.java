package io.itinera.jobs.read;

import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.core.spark.UnfitExpressions;
import io.itinera.core.table.ColumnTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Keeps a few odd records from deciding what type a field has. */
final class InferredTypes {

  private InferredTypes() {}

  /**
   * Takes fields that were seen as arrays or structs as their text, where an expression has a use
   * for them only as that. A field that is null in all records of a night but one, which has an
   * array there, would else stop the night for all.
   *
   * @param schema of the records, with all that the source's expressions name
   */
  static StructType fitted(SparkSession spark, StructType schema, SourceRules source) {
    StructType fitted = schema;
    Map<String, Set<List<String>>> unfit = unfit(spark, fitted, source);
    for (Map.Entry<String, Set<List<String>>> expression : unfit.entrySet()) {
      fitted = fitted(spark, fitted, source, expression);
    }
    return fitted;
  }

  private static StructType fitted(
      SparkSession spark,
      StructType schema,
      SourceRules source,
      Map.Entry<String, Set<List<String>>> expression) {
    Set<String> before = unfit(spark, schema, source).keySet();
    StructType all = schema;
    for (List<String> path : expression.getValue()) {
      StructType one = withText(schema, path);
      if (isBetter(unfit(spark, one, source).keySet(), before, expression.getKey())) {
        return one;
      }
      all = withText(all, path);
    }
    return isBetter(unfit(spark, all, source).keySet(), before, expression.getKey()) ? all : schema;
  }

  private static boolean isBetter(Set<String> unfit, Set<String> before, String expression) {
    return before.containsAll(unfit) && !unfit.contains(expression);
  }

  private static Map<String, Set<List<String>>> unfit(
      SparkSession spark, StructType schema, SourceRules source) {
    StructType all = schema;
    for (String name : RawRecords.COLUMNS) {
      all = all.add(name, typeOf(name));
    }
    Dataset<Row> records = spark.createDataFrame(List.<Row>of(), all);
    return UnfitExpressions.of(
        source
            .files()
            .explode()
            .map(array -> ExplodeRecords.explode(records, array))
            .orElse(records),
        source);
  }

  private static DataType typeOf(String column) {
    return switch (column) {
      case RawRecords.OTHER -> ColumnTypes.STRING_MAP;
      case RawRecords.POSITION -> DataTypes.LongType;
      case RawRecords.MODIFIED_AT -> DataTypes.TimestampType;
      default -> DataTypes.StringType;
    };
  }

  private static StructType withText(StructType schema, List<String> path) {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    field.name().equalsIgnoreCase(path.get(0))
                        ? new StructField(
                            field.name(),
                            withText(field.dataType(), path.subList(1, path.size())),
                            field.nullable(),
                            field.metadata())
                        : field)
            .toArray(StructField[]::new));
  }

  private static DataType withText(DataType type, List<String> rest) {
    if (rest.isEmpty()) {
      return type instanceof ArrayType || type instanceof StructType ? DataTypes.StringType : type;
    }
    return type instanceof StructType struct ? withText(struct, rest) : type;
  }
}
