package io.itinera.jobs.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.OutputMetrics;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.types.StructType;

/**
 * The files that one task writes: one, or where a table is parted by days one for each day. So that
 * memory does not grow with the days, only some are open at once.
 */
public final class FilesOfTask {

  /** So many files are open at once. */
  static final int MOST_OPEN = 32;

  /** Rows that go elsewhere before a day is taken to be over. */
  static final int IDLE_ROWS = 50_000;

  private static final int NO_DAY = Integer.MIN_VALUE;

  private final TaskFiles files;
  private final int[] required;
  private final Map<Integer, Open> open = new HashMap<>();
  private final List<NewFile> done = new ArrayList<>();
  private Open last;
  private long rows;

  FilesOfTask(TaskFiles files) {
    this.files = files;
    StructType stored = files.stored();
    this.required =
        IntStream.range(0, stored.size()).filter(i -> !stored.fields()[i].nullable()).toArray();
  }

  /** A file that is being written. */
  private static final class Open {

    private final int day;
    private final OutputWriter writer;
    private long rows;
    private long lastAt;

    private Open(int day, OutputWriter writer) {
      this.day = day;
      this.writer = writer;
    }
  }

  /** Writes {@code row} into the only file. */
  public void write(InternalRow row) {
    if (!write(NO_DAY, row)) {
      throw new IllegalStateException("There is more than one file in " + files.folder());
    }
  }

  /**
   * Writes {@code row} into the file of its day.
   *
   * @param day counted from 1970
   * @param row without the day
   * @return false, and nothing is written, if too many other days are being written
   */
  public boolean write(int day, InternalRow row) {
    if (last == null || last.day != day) {
      Open next = open.get(day);
      if (next == null && !hasRoom()) {
        return false;
      }
      last = next == null ? opened(day) : next;
    }
    requireFilled(row);
    last.writer.write(row);
    last.rows++;
    last.lastAt = ++rows;
    return true;
  }

  /** Where days follow each other, the first are over when there are too many. */
  private boolean hasRoom() {
    if (open.size() < MOST_OPEN) {
      return true;
    }
    Open longest =
        open.values().stream().min(Comparator.comparingLong(each -> each.lastAt)).orElseThrow();
    if (rows - longest.lastAt < IDLE_ROWS) {
      return false;
    }
    open.remove(longest.day);
    done.add(finished(longest));
    return true;
  }

  private Open opened(int day) {
    TaskContext task = TaskContext.get();
    TaskAttemptContext attempt = files.attempt(task);
    String name =
        "part-%05d-%s.c000%s"
            .formatted(task.partitionId(), UUID.randomUUID(), files.extension(attempt));
    String path = new Path(folder(day), name).toString();
    Open file = new Open(day, files.open(path, attempt));
    open.put(day, file);
    return file;
  }

  private String folder(int day) {
    return day == NO_DAY
        ? files.folder()
        : "%s/%s=%s".formatted(files.folder(), files.partition(), LocalDate.ofEpochDay(day));
  }

  private void requireFilled(InternalRow row) {
    for (int place : required) {
      if (row.isNullAt(place)) {
        throw new IllegalStateException(
            "A row of table %s has no %s"
                .formatted(files.name(), files.stored().fields()[place].name()));
      }
    }
  }

  /** To be called behind the last row. */
  public void end() {
    open.values().forEach(file -> done.add(finished(file)));
    open.clear();
    done.forEach(files::hasEnded);
    if (files.name() != null) {
      OutputMetrics metrics = TaskContext.get().taskMetrics().outputMetrics();
      metrics.setRecordsWritten(metrics.recordsWritten() + rows);
    }
    done.clear();
  }

  private NewFile finished(Open file) {
    file.writer.close();
    Path path = new Path(file.writer.path());
    try {
      FileStatus status = path.getFileSystem(files.settings()).getFileStatus(path);
      Map<String, String> partition = Map.of();
      String below = path.getName();
      if (file.day != NO_DAY) {
        partition = Map.of(files.partition(), LocalDate.ofEpochDay(file.day).toString());
        below = path.getParent().getName() + "/" + below;
      }
      return new NewFile(
          below, partition, status.getLen(), status.getModificationTime(), file.rows);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find what was written to " + path, e);
    }
  }

  void close() {
    open.values().forEach(file -> file.writer.close());
    open.clear();
  }
}
