package io.itinera.jobs.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.source.RawRecords;
import io.itinera.core.table.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives columns of text the types that a source's schema declares. */
final class DeclaredColumns {

  private DeclaredColumns() {}

  /**
   * Turns the columns that {@code declared} names into its types. A record with a value that is not
   * of its type is malformed. Blank is null for all types but text.
   */
  static Dataset<Row> typed(Dataset<Row> records, StructType declared) {
    if (declared.isEmpty()) {
      return records;
    }
    Map<String, StructField> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (StructField field : declared.fields()) {
      types.put(field.name(), field);
    }
    List<Column> columns = new ArrayList<>();
    List<Column> faults = new ArrayList<>();
    for (String name : records.schema().fieldNames()) {
      StructField field = RawRecords.COLUMNS.contains(name) ? null : types.remove(name);
      columns.add(field == null ? quoted(name) : value(name, field).as(field.name()));
      // Any text is a text.
      if (field != null && !isText(field)) {
        faults.add(when(value(name, field).isNull().and(given(name).isNotNull()), lit(name)));
      }
    }
    types.values().forEach(f -> columns.add(lit(null).cast(f.dataType()).as(f.name())));
    return marked(records, faults).select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> marked(Dataset<Row> records, List<Column> faults) {
    if (faults.isEmpty()) {
      return records;
    }
    Column names = concat_ws(", ", faults.toArray(Column[]::new));
    Column isNew = col(RawRecords.PROBLEM).isNull().and(names.notEqual(""));
    return records
        .withColumn(
            RawRecords.PROBLEM_DETAIL,
            when(isNew, concat(lit("Not of the declared type: "), names))
                .otherwise(col(RawRecords.PROBLEM_DETAIL)))
        .withColumn(
            RawRecords.PROBLEM,
            when(isNew, lit(RejectionReason.MALFORMED.text())).otherwise(col(RawRecords.PROBLEM)));
  }

  private static Column value(String name, StructField field) {
    return isText(field) ? quoted(name) : given(name).try_cast(field.dataType());
  }

  private static boolean isText(StructField field) {
    return field.dataType().typeName().equals("string");
  }

  private static Column given(String name) {
    return nullif(trim(quoted(name)), lit(""));
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
