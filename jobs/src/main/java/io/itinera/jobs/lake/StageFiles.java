package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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

  TaskFiles files(Table table, StructType columns) {
    return new TaskFiles(spark, path(table), table, columns);
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

  TaskFiles aside(StructType columns) {
    String folder = warehouse + ASIDE + "/" + System.nanoTime();
    return new TaskFiles(spark, folder, null, columns);
  }

  Dataset<Row> readAside(TaskFiles aside) {
    List<NewFile> written = aside.written();
    if (written.isEmpty()) {
      // Spark sees that there is nothing, and plans nothing for it.
      return spark.createDataFrame(List.of(), aside.columns());
    }
    String folder = qualified(aside.folder());
    return ReadStoredFiles.of(
        spark,
        aside.columns(),
        new StructType(),
        written.stream().map(file -> file.stored(folder)).toList());
  }

  /** With the file system's name: Spark finds files that lie in no partition only so. */
  private String qualified(String folder) {
    Path path = new Path(folder);
    try {
      return path.getFileSystem(spark.sessionState().newHadoopConf())
          .makeQualified(path)
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find " + folder, e);
    }
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
