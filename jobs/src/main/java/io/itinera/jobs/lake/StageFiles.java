package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Files that are part of no table: those that lie in a table's folder until they are committed, and
 * those that tasks put aside.
 */
final class StageFiles {

  private static final String ASIDE = "/_aside";

  private final SparkSession spark;
  private final String warehouse;

  StageFiles(SparkSession spark, String warehouse) {
    this.spark = spark;
    this.warehouse = warehouse;
  }

  Staged stage(Table table, Dataset<Row> rows) {
    return new Staged(
        table,
        rows.schema(),
        new WriteFiles(spark, path(table)).of(table.filled(rows), table.partitions()));
  }

  Dataset<Row> read(Staged staged) {
    Table table = staged.table();
    StructType partitions =
        new StructType(
            table.partitions().stream()
                .map(name -> staged.columns().apply(name))
                .toArray(StructField[]::new));
    return ReadStoredFiles.of(spark, staged.columns(), partitions, staged.stored(path(table)));
  }

  void discard(Staged staged) {
    try {
      for (StoredFile file : staged.stored(path(staged.table()))) {
        Path path = file.status().getPath();
        path.getFileSystem(spark.sessionState().newHadoopConf()).delete(path, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove files of " + path(staged.table()), e);
    }
  }

  SideFiles aside(StructType columns) {
    return new SideFiles(spark, warehouse + ASIDE + "/" + System.nanoTime(), columns);
  }

  Dataset<Row> read(SideFiles aside) {
    return ReadStoredFiles.of(spark, aside.columns(), new StructType(), aside.written());
  }

  void clearAside() {
    Path folder = new Path(warehouse + ASIDE);
    try {
      folder.getFileSystem(spark.sessionState().newHadoopConf()).delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }

  private String path(Table table) {
    return Lake.path(warehouse, table);
  }
}
