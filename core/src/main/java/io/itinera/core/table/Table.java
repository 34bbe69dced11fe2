package io.itinera.core.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a stored table promises: its name, its columns and the key that makes a row unique.
 *
 * @param name directory of the table below the warehouse, in snake_case
 * @param comment what one row is
 * @param key names of the columns that together identify one row; never null in a row
 * @param partitions names of the columns by which its files are laid out, none for most tables
 * @param schema the columns, in stored order, each with its meaning and unit as a comment
 */
public record Table(
    String name, String comment, List<String> key, List<String> partitions, StructType schema) {

  public Table {
    Objects.requireNonNull(name, "name");
    key = List.copyOf(key);
    partitions = List.copyOf(partitions);
    List<String> columns = List.of(schema.fieldNames());
    if (!columns.containsAll(key) || !columns.containsAll(partitions)) {
      throw new IllegalArgumentException(
          "Table %s is keyed by %s and partitioned by %s, but has only the columns %s"
              .formatted(name, key, partitions, columns));
    }
  }

  /** A table with the given columns in that order, whose rows may repeat, in one pile of files. */
  public static Table of(String name, String comment, StructField... columns) {
    return new Table(name, comment, List.of(), List.of(), new StructType(columns));
  }

  /** The same table, of which {@code columns} together identify one row. */
  public Table keyedBy(String... columns) {
    return new Table(name, comment, List.of(columns), partitions, schema);
  }

  /** The same table, whose files are laid out by {@code columns}. */
  public Table partitionedBy(String... columns) {
    return new Table(name, comment, key, List.of(columns), schema);
  }

  /** The same table as far as some of its columns go, those of its key among them. */
  public Table narrowedTo(String... columns) {
    StructField[] fields =
        Stream.of(columns).map(column -> schema.apply(column)).toArray(StructField[]::new);
    return new Table(name, comment, key, List.of(), new StructType(fields));
  }

  /** A column that is never null. */
  public static StructField required(String name, DataType type, String comment) {
    return new StructField(name, type, false, Metadata.empty()).withComment(comment);
  }

  /** A column that is null where the comment says so. */
  public static StructField optional(String name, DataType type, String comment) {
    return new StructField(name, type, true, Metadata.empty()).withComment(comment);
  }

  /**
   * Narrows {@code rows} to this table's columns, in stored order.
   *
   * @throws SchemaMismatchException if a column is missing or has another type; names them all
   */
  public Dataset<Row> conform(Dataset<Row> rows) {
    List<String> faults = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (StructField column : schema.fields()) {
      faults.addAll(faultsOf(column, rows.schema()));
      columns.add(functions.col(column.name()));
    }
    if (!faults.isEmpty()) {
      throw new SchemaMismatchException(this, faults);
    }
    // Rows that are in order already are left alone: each step has Spark resolve their plan anew.
    return List.of(rows.columns()).equals(List.of(schema.fieldNames()))
        ? rows
        : rows.select(columns.toArray(Column[]::new));
  }

  /**
   * Those of {@code rows} that none of {@code others} has the key of.
   *
   * @param rows rows of this table
   * @param others rows with the columns of the key, and perhaps more
   * @throws SchemaMismatchException if {@code rows} lack a column
   */
  public Dataset<Row> without(Dataset<Row> rows, Dataset<Row> others) {
    String[] columns = key.toArray(String[]::new);
    Dataset<Row> keys = others.select(key.stream().map(functions::col).toArray(Column[]::new));
    return conform(rows.join(keys, columns, "left_anti"));
  }

  /**
   * The same rows, with columns that are not the table's own; computing one fails if it has no
   * value in a column that is never null, and says which.
   */
  public Dataset<Row> filled(Dataset<Row> rows) {
    StructField[] found = rows.schema().fields();
    return Stream.of(found).anyMatch(this::mayLack)
        ? rows.select(Stream.of(found).map(this::filled).toArray(Column[]::new))
        : rows;
  }

  /** Whether a column that is never null may be so in rows that were found. */
  private boolean mayLack(StructField found) {
    boolean isOurs = List.of(schema.fieldNames()).contains(found.name());
    return isOurs && found.nullable() && !schema.apply(found.name()).nullable();
  }

  private Column filled(StructField found) {
    if (!mayLack(found)) {
      return functions.col(found.name());
    }
    String fault = "A row of table %s has no %s".formatted(name, found.name());
    return functions
        .coalesce(
            functions.col(found.name()),
            functions.raise_error(functions.lit(fault)).cast(found.dataType()))
        .as(found.name());
  }

  private static List<String> faultsOf(StructField expected, StructType actual) {
    if (!List.of(actual.fieldNames()).contains(expected.name())) {
      return List.of("%s %s is missing".formatted(expected.name(), expected.dataType().sql()));
    }
    DataType found = actual.apply(expected.name()).dataType();
    if (!DataType.equalsIgnoreNullability(found, expected.dataType())) {
      return List.of(
          "%s is %s, expected %s"
              .formatted(expected.name(), found.sql(), expected.dataType().sql()));
    }
    return List.of();
  }
}
