package io.itinera.jobs.lake;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Rows that tasks put aside while they write others. Each task has a file of its own; only those of
 * tasks that ended well count.
 */
public final class SideFiles implements Serializable {

  private static final long serialVersionUID = 1;

  private final StructType columns;
  private final String folder;
  private final OutputWriterFactory writers;
  private final SerializableConfiguration settings;
  private final CollectionAccumulator<String> ended;

  /** Files with rows of {@code columns}, to be written into {@code folder}. */
  SideFiles(SparkSession spark, String folder, StructType columns) {
    this.columns = columns;
    this.folder = folder;
    this.ended = spark.sparkContext().collectionAccumulator();
    try {
      Job job = Job.getInstance(ParquetSettings.of(spark));
      this.writers =
          new ParquetFileFormat()
              .prepareWrite(
                  (org.apache.spark.sql.classic.SparkSession) spark,
                  job,
                  scala.collection.immutable.Map$.MODULE$.empty(),
                  columns);
      this.settings = new SerializableConfiguration(job.getConfiguration());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare files in " + folder, e);
    }
  }

  /** What one task puts aside. */
  public final class OfTask {

    private OutputWriter writer;

    private OfTask() {}

    /** Puts {@code row} aside. */
    public void write(InternalRow row) {
      if (writer == null) {
        writer = open();
      }
      writer.write(row);
    }

    /** To be called behind the last row. */
    public void end() {
      if (writer != null) {
        String path = writer.path();
        close();
        ended.add(path);
      }
    }

    private void close() {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    }
  }

  /** Where the task that calls this puts its rows. */
  public OfTask ofTask() {
    OfTask ofTask = new OfTask();
    // A task that dies half-way must not leave its file open.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) done -> ofTask.close());
    return ofTask;
  }

  private OutputWriter open() {
    TaskContext task = TaskContext.get();
    TaskAttemptContext context =
        new TaskAttemptContextImpl(
            settings.value(),
            new TaskAttemptID(
                new TaskID(new JobID("itinera", 0), TaskType.MAP, task.partitionId()),
                task.attemptNumber()));
    String name = "part-%05d-%d".formatted(task.partitionId(), task.taskAttemptId());
    Path path = new Path(folder, name + writers.getFileExtension(context));
    return writers.newInstance(path.toString(), columns, context);
  }

  /** The files of the tasks that have ended. */
  List<StoredFile> written() {
    List<StoredFile> files = new ArrayList<>();
    try {
      FileSystem fileSystem = new Path(folder).getFileSystem(settings.value());
      for (String name : ended.value().stream().distinct().sorted().toList()) {
        FileStatus status = fileSystem.getFileStatus(new Path(name));
        files.add(new StoredFile(status, Map.of(), null));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find what was put aside in " + folder, e);
    }
    return files;
  }

  StructType columns() {
    return columns;
  }
}
