package io.itinera.jobs.lake;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** Files of a table as rows, without a look at the table's log. */
final class ReadStoredFiles {

  private ReadStoredFiles() {}

  /**
   * The rows of {@code files} in all stored columns; none if they must be read with what the log
   * says, such as which of their rows were deleted.
   */
  static Optional<Dataset<Row>> of(
      SparkSession spark, TableVersion version, List<StoredFile> files) {
    StructType columns = version.schema();
    StructType partitions =
        new StructType(
            version.partitionColumns().stream()
                .map(name -> columns.fields()[columns.fieldIndex(name)])
                .toArray(StructField[]::new));
    boolean canRead = version.isPlain() && StoredFilesIndex.canHold(partitions, files);
    return canRead ? Optional.of(of(spark, columns, partitions, files)) : Optional.empty();
  }

  /**
   * The rows of {@code files}.
   *
   * @param columns all columns
   * @param partitions those that stand in the folders' names, of dates and texts only
   */
  static Dataset<Row> of(
      SparkSession spark, StructType columns, StructType partitions, List<StoredFile> files) {
    HadoopFsRelation relation =
        new HadoopFsRelation(
            new StoredFilesIndex(spark, partitions, files),
            partitions,
            // With the partition columns, so that all columns stay in their order.
            columns,
            Option.empty(),
            new ParquetFileFormat(),
            scala.collection.immutable.Map$.MODULE$.empty(),
            spark);
    return spark.baseRelationToDataFrame(relation);
  }
}
