package io.itinera.jobs.lake;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.OutputMetrics;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.WriteJobStatsTracker;
import org.apache.spark.sql.execution.datasources.WriteTaskStats;
import org.apache.spark.sql.execution.datasources.WriteTaskStatsTracker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Counts the rows of each file that tasks write, and tells them to the tasks' own metrics. */
final class RowsPerFile implements WriteJobStatsTracker {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, Long> counts = new HashMap<>();

  /** Rows of the file of that name. */
  long of(String name) {
    Long count = counts.get(name);
    if (count == null) {
      throw new IllegalStateException("No task has said how many rows it wrote into " + name);
    }
    return count;
  }

  @Override
  public WriteTaskStatsTracker newTaskInstance() {
    return new OfTask();
  }

  @Override
  public void processStats(Seq<WriteTaskStats> stats, long jobCommitTime) {
    CollectionConverters.asJava(stats).forEach(each -> counts.putAll(((Counts) each).rows()));
  }

  private record Counts(Map<String, Long> rows) implements WriteTaskStats {}

  private static final class OfTask implements WriteTaskStatsTracker {

    private final Map<String, long[]> rows = new HashMap<>();
    private String file = "";
    private long[] count = new long[1];

    @Override
    public void newPartition(InternalRow values) {}

    @Override
    public void newFile(String path) {
      file = path;
      count = rows.computeIfAbsent(path, name -> new long[1]);
    }

    @Override
    public void closeFile(String path) {}

    @Override
    public void newRow(String path, InternalRow row) {
      if (!path.equals(file)) {
        newFile(path);
      }
      count[0]++;
    }

    @Override
    public WriteTaskStats getFinalStats(long taskCommitTime) {
      Map<String, Long> byName = new HashMap<>();
      rows.forEach((path, number) -> byName.put(new Path(path).getName(), number[0]));
      TaskContext task = TaskContext.get();
      if (task != null) {
        OutputMetrics metrics = task.taskMetrics().outputMetrics();
        metrics.setRecordsWritten(byName.values().stream().mapToLong(Long::longValue).sum());
      }
      return new Counts(byName);
    }
  }
}
