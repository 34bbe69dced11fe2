package io.itinera.jobs.lake;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.files.DelayedCommitProtocol;
import org.apache.spark.sql.delta.files.DeltaFileFormatWriter;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.datasources.FileFormatWriter;
import org.apache.spark.sql.execution.datasources.WriteJobStatsTracker;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes rows as Parquet files into a table's folder, where they are no part of the table until
 * they are committed.
 *
 * <p>Delta's own writer would also look up the smallest and largest value of each column, and keep
 * them in the log for ever: personal data, too. Here a file's log entry has its number of rows.
 */
final class WriteFiles {

  private static final Option<String> NAME = Option.apply("write files of a table");

  private final SparkSession spark;
  private final String folder;

  WriteFiles(org.apache.spark.sql.SparkSession spark, String folder) {
    this.spark = (SparkSession) spark;
    this.folder = folder;
  }

  /**
   * Writes all of {@code rows}.
   *
   * @param partitions columns that stand in the folders' names
   * @param keys is told each row
   */
  List<NewFile> of(Dataset<Row> rows, List<String> partitions, KeysWritten keys) {
    QueryExecution query = ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
    DelayedCommitProtocol files =
        new DelayedCommitProtocol("itinera", folder, Option.empty(), Option.empty());
    RowsPerFile counts = new RowsPerFile();
    SQLExecution.withNewExecutionId(
        query, NAME, () -> write(query, files, List.of(counts, keys), partitions));
    List<NewFile> written = new ArrayList<>();
    for (AddFile file : CollectionConverters.asJava(files.addedStatuses())) {
      long count = counts.of(file.toPath().getName());
      if (count > 0) {
        written.add(
            new NewFile(
                file.path(),
                CollectionConverters.asJava(file.partitionValues()),
                file.size(),
                file.modificationTime(),
                count));
      }
    }
    return written;
  }

  private Set<String> write(
      QueryExecution query,
      DelayedCommitProtocol files,
      List<WriteJobStatsTracker> trackers,
      List<String> partitions) {
    Seq<Attribute> columns = query.analyzed().output();
    Map<String, Attribute> named =
        CollectionConverters.asJava(columns).stream().collect(toMap(Attribute::name, identity()));
    List<Attribute> by = partitions.stream().map(named::get).toList();
    Configuration hadoop = ParquetSettings.of(spark);
    return CollectionConverters.asJava(
        DeltaFileFormatWriter.write(
            spark,
            query.executedPlan(),
            new ParquetFileFormat(),
            files,
            new FileFormatWriter.OutputSpec(
                folder, scala.collection.immutable.Map$.MODULE$.empty(), columns),
            hadoop,
            CollectionConverters.asScala(by).toSeq(),
            Option.empty(),
            CollectionConverters.asScala(trackers).toSeq(),
            scala.collection.immutable.Map$.MODULE$.empty(),
            0));
  }
}
