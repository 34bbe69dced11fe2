package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Files that tasks write row by row, as they make the rows, without a plan of Spark's for it. Each
 * task has files of its own; only those of tasks that ended well count.
 */
public final class TaskFiles implements Serializable {

  private static final long serialVersionUID = 1;

  private final String folder;
  private final transient Table table;
  private final String name;
  private final String partition;
  private final StructType columns;
  private final StructType stored;
  private final OutputWriterFactory writers;
  private final SerializableConfiguration settings;
  private final CollectionAccumulator<NewFile> ended;

  /**
   * Files in {@code folder}.
   *
   * @param table to which they may belong, with at most one partition column; null for none
   * @param columns of their rows, those in the folders' names among them
   */
  TaskFiles(SparkSession spark, String folder, Table table, StructType columns) {
    this.folder = folder;
    this.table = table;
    this.columns = columns;
    this.name = table == null ? null : table.name();
    this.partition =
        table == null || table.partitions().isEmpty() ? null : table.partitions().get(0);
    this.stored =
        new StructType(
            Stream.of(columns.fields())
                .filter(column -> !column.name().equals(partition))
                .toArray(StructField[]::new));
    this.ended = spark.sparkContext().collectionAccumulator();
    try {
      Job job = Job.getInstance(ParquetSettings.of(spark));
      this.writers =
          new ParquetFileFormat()
              .prepareWrite(
                  (org.apache.spark.sql.classic.SparkSession) spark,
                  job,
                  scala.collection.immutable.Map$.MODULE$.empty(),
                  stored);
      this.settings = new SerializableConfiguration(job.getConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare files in " + folder, e);
    }
  }

  /** Where the task that calls this puts its rows. */
  public FilesOfTask ofTask() {
    FilesOfTask files = new FilesOfTask(this);
    // A task that dies half-way must not leave its files open.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> files.close());
    return files;
  }

  OutputWriter open(String path, TaskAttemptContext context) {
    return writers.newInstance(path, stored, context);
  }

  String extension(TaskAttemptContext context) {
    return writers.getFileExtension(context);
  }

  TaskAttemptContext attempt(TaskContext task) {
    return new TaskAttemptContextImpl(
        settings.value(),
        new TaskAttemptID(
            new TaskID(new JobID("itinera", 0), TaskType.MAP, task.partitionId()),
            task.attemptNumber()));
  }

  void hasEnded(NewFile file) {
    ended.add(file);
  }

  Configuration settings() {
    return settings.value();
  }

  String folder() {
    return folder;
  }

  /** What is written, as part of the table to which it may belong. */
  Staged staged() {
    return new Staged(table, columns, written());
  }

  /** Name of the table; null without one. */
  String name() {
    return name;
  }

  /** Column of days that stands in the folders' names; null without one. */
  String partition() {
    return partition;
  }

  /** Columns of the rows. */
  StructType columns() {
    return columns;
  }

  /** Columns of the rows as tasks write them: without those in the folders' names. */
  StructType stored() {
    return stored;
  }

  /** Whether no task has written a row. */
  public boolean areNone() {
    return ended.isZero();
  }

  /** The files of the tasks that have ended. */
  List<NewFile> written() {
    return ended.value().stream().distinct().sorted(Comparator.comparing(NewFile::path)).toList();
  }
}
