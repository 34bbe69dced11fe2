package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.table.Table;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows of versions of one table, as far as its files are known without Spark by those files. */
final class ReadTable {

  private final SparkSession spark;
  private final Table table;
  private final String path;

  ReadTable(SparkSession spark, Table table, String path) {
    this.spark = spark;
    this.table = table;
    this.path = path;
  }

  /** All rows and all stored columns of {@code version}. */
  Dataset<Row> all(TableVersion version) {
    return of(version, version.files());
  }

  /** The rows of some {@code files} of {@code version}. */
  Dataset<Row> of(TableVersion version, List<StoredFile> files) {
    return ReadStoredFiles.of(spark, version, files)
        .orElseGet(
            () -> spark.read().format("delta").option("versionAsOf", version.number()).load(path));
  }

  /**
   * Rows with a column {@link Lake#CHANGE}, +1 for each that came between two versions and −1 for
   * each that went. A row that went and came back unchanged is not there.
   */
  Dataset<Row> changes(TableVersion before, TableVersion now) {
    Column[] columns =
        Stream.of(table.schema().fieldNames()).map(name -> col(name)).toArray(Column[]::new);
    return rewritten(before, now)
        .groupBy(columns)
        .agg(sum(Lake.CHANGE).as(Lake.CHANGE))
        .where(col(Lake.CHANGE).notEqual(0L));
  }

  /** The same, but a row that went and came back is there twice. */
  Dataset<Row> rewritten(TableVersion before, TableVersion now) {
    FileChanges changes = FileChanges.between(before, now);
    return table
        .conform(of(now, changes.came()))
        .withColumn(Lake.CHANGE, lit(1L))
        .union(table.conform(of(before, changes.went())).withColumn(Lake.CHANGE, lit(-1L)));
  }
}
