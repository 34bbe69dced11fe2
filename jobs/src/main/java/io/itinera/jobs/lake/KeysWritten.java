package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XxHash64Function;
import org.apache.spark.sql.execution.datasources.WriteJobStatsTracker;
import org.apache.spark.sql.execution.datasources.WriteTaskStats;
import org.apache.spark.sql.execution.datasources.WriteTaskStatsTracker;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks at the keys of rows as tasks write them, where the rows are few enough: then no query has
 * to read them again. It only compares hashes, so it can say that no key is there twice, and else
 * that one may be.
 */
final class KeysWritten implements WriteJobStatsTracker {

  private static final long serialVersionUID = 1L;

  /** A megabyte for each task. */
  private static final int MOST_OF_TASK = 1 << 17;

  private static final int MOST = 1 << 20;

  private final List<KeyColumn> key;

  /** Whether a file's folder has the rest of the key; else it says nothing of it. */
  private final boolean isInFolders;

  private final boolean isKnown;
  private transient boolean areDistinct;

  private record KeyColumn(int place, DataType type) implements Serializable {}

  /**
   * Keys of rows of {@code table}.
   *
   * @param columns of the rows; those in the folders' names stand in no row of a file
   */
  KeysWritten(Table table, StructType columns) {
    List<StructField> inFiles =
        Arrays.stream(columns.fields())
            .filter(column -> !table.partitions().contains(column.name()))
            .toList();
    this.key =
        IntStream.range(0, inFiles.size())
            .filter(place -> table.key().contains(inFiles.get(place).name()))
            .mapToObj(place -> new KeyColumn(place, inFiles.get(place).dataType()))
            .toList();
    this.isInFolders = key.size() < table.key().size();
    this.isKnown =
        !table.key().isEmpty() && (!isInFolders || table.key().containsAll(table.partitions()));
  }

  /** Whether all that was written was looked at, and no key is there twice. */
  boolean areDistinct() {
    return areDistinct;
  }

  @Override
  public WriteTaskStatsTracker newTaskInstance() {
    return new OfTask(isKnown ? key : List.of(), isInFolders);
  }

  @Override
  public void processStats(Seq<WriteTaskStats> stats, long jobCommitTime) {
    List<long[]> hashes =
        CollectionConverters.asJava(stats).stream().map(each -> ((Hashes) each).all).toList();
    boolean areAllThere = hashes.stream().noneMatch(each -> each == null);
    if (isKnown && areAllThere && hashes.stream().mapToLong(each -> each.length).sum() <= MOST) {
      long[] all = hashes.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      areDistinct = IntStream.range(1, all.length).noneMatch(i -> all[i] == all[i - 1]);
    }
  }

  /** Hashes of the keys that a task has written; null if they are too many. */
  private static final class Hashes implements WriteTaskStats {

    private static final long serialVersionUID = 1L;

    private final long[] all;

    Hashes(long[] all) {
      this.all = all;
    }
  }

  private static final class OfTask implements WriteTaskStatsTracker {

    private final List<KeyColumn> key;
    private final boolean isInFolders;
    private long[] hashes = new long[16];
    private int count;
    private String file = "";
    private long seed;

    OfTask(List<KeyColumn> key, boolean isInFolders) {
      this.key = key;
      this.isInFolders = isInFolders;
    }

    @Override
    public void newPartition(InternalRow values) {}

    @Override
    public void newFile(String path) {
      file = path;
      seed = isInFolders ? hash(UTF8String.fromString(folder(path)), DataTypes.StringType, 0) : 0;
    }

    @Override
    public void closeFile(String path) {}

    @Override
    public void newRow(String path, InternalRow row) {
      if (count == MOST_OF_TASK) {
        hashes = null;
      }
      if (hashes == null) {
        return;
      }
      if (!path.equals(file)) {
        newFile(path);
      }
      long hash = seed;
      for (KeyColumn column : key) {
        Object value = row.get(column.place(), column.type());
        hash = hash(value, column.type(), hash);
      }
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      hashes[count++] = hash;
    }

    private static String folder(String path) {
      return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static long hash(Object value, DataType type, long seed) {
      return XxHash64Function.hash(value, type, seed);
    }

    @Override
    public WriteTaskStats getFinalStats(long taskCommitTime) {
      return new Hashes(hashes == null ? null : Arrays.copyOf(hashes, count));
    }
  }
}
