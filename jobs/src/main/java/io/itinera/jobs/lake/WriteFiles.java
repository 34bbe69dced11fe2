package io.itinera.jobs.lake;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
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
public final class WriteFiles {

  private static final Option<String> NAME = Option.apply("write files of a table");

  private final SparkSession spark;
  private final String folder;

  WriteFiles(org.apache.spark.sql.SparkSession spark, String folder) {
    this.spark = (SparkSession) spark;
    this.folder = folder;
  }

  /**
   * A file that was written, with at least one row.
   *
   * @param file as Delta's protocol for tasks describes it
   * @param rows how many it has
   */
  public record Written(AddFile file, long rows) {

    /** Name of the file, without its folders. */
    String name() {
      return file.toPath().getName();
    }

    /** Values of the partition columns by name. */
    Map<String, String> partition() {
      return CollectionConverters.asJava(file.partitionValues());
    }

    /** The entry of a log that puts it into the table. */
    Row addition(StructType schema) {
      return SingleAction.createAddFileSingleAction(
          io.delta.kernel.internal.actions.AddFile.createAddFileRow(
              schema,
              file.path(),
              VectorUtils.stringStringMapValue(partition()),
              file.size(),
              file.modificationTime(),
              true,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(
                  new DataFileStatistics(rows, Map.of(), Map.of(), Map.of(), Optional.empty()))));
    }
  }

  /**
   * Writes all of {@code rows}.
   *
   * @param partitions columns that stand in the folders' names
   */
  List<Written> of(Dataset<org.apache.spark.sql.Row> rows, List<String> partitions) {
    QueryExecution query =
        ((org.apache.spark.sql.classic.Dataset<org.apache.spark.sql.Row>) rows).queryExecution();
    DelayedCommitProtocol files =
        new DelayedCommitProtocol("itinera", folder, Option.empty(), Option.empty());
    RowsPerFile counts = new RowsPerFile();
    SQLExecution.withNewExecutionId(query, NAME, () -> write(query, files, counts, partitions));
    List<Written> written = new ArrayList<>();
    for (AddFile file : CollectionConverters.asJava(files.addedStatuses())) {
      long count = counts.of(file.toPath().getName());
      if (count > 0) {
        written.add(new Written(file, count));
      }
    }
    return written;
  }

  private Set<String> write(
      QueryExecution query,
      DelayedCommitProtocol files,
      RowsPerFile counts,
      List<String> partitions) {
    Seq<Attribute> columns = query.analyzed().output();
    Stream<Attribute> all = CollectionConverters.asJava(columns).stream();
    List<Attribute> by = all.filter(column -> partitions.contains(column.name())).toList();
    Configuration hadoop = spark.sessionState().newHadoopConf();
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
            CollectionConverters.asScala(List.<WriteJobStatsTracker>of(counts)).toSeq(),
            scala.collection.immutable.Map$.MODULE$.empty(),
            0));
  }
}
