package io.itinera.jobs.lake;

import io.itinera.core.table.Evidence;
import io.itinera.core.table.IdentityMoves;
import io.itinera.core.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddCDCFile;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables whose changes are recorded for later stages: compact ones only, since a change feed
 * writes every replaced row again.
 *
 * <p>Log and files of their changes are kept for {@link #KEPT}, so that a stage may lag that long
 * however often somebody runs VACUUM. What is gone nevertheless is seen before it is read.
 */
final class ChangeFeeds {

  private static final Set<Table> RECORDED = Set.of(Evidence.TABLE, IdentityMoves.TABLE);

  private static final String KEPT = "interval 60 days";

  private ChangeFeeds() {}

  static boolean isRecordedFor(Table table) {
    return RECORDED.contains(table);
  }

  /** Delta's properties of a table whose changes are recorded. */
  static Map<String, String> properties() {
    return new TreeMap<>(
        Map.of(
            "delta.enableChangeDataFeed", "true",
            "delta.deletedFileRetentionDuration", KEPT,
            "delta.logRetentionDuration", KEPT));
  }

  /** Whether each commit from {@code first} to {@code last} and all files with its rows exist. */
  static boolean areThere(DeltaLog log, long first, long last, Configuration hadoop) {
    Iterator<Tuple2<Object, Seq<Action>>> commits =
        log.getChanges(first, last, Option.empty(), false);
    long expected = first;
    try {
      FileSystem fileSystem = log.dataPath().getFileSystem(hadoop);
      while (commits.hasNext()) {
        Tuple2<Object, Seq<Action>> commit = commits.next();
        if ((Long) commit._1() != expected++
            || !allExist(fileSystem, log.dataPath(), commit._2())) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for the changes of " + log.dataPath(), e);
    }
    return expected > last;
  }

  private static boolean allExist(FileSystem fileSystem, Path table, Seq<Action> actions)
      throws IOException {
    for (FileAction file : filesWithChanges(CollectionConverters.asJava(actions))) {
      Path path = file.sparkPath().toPath();
      if (!fileSystem.exists(path.isAbsolute() ? path : new Path(table, path))) {
        return false;
      }
    }
    return true;
  }

  /** As Delta has it: files of changes where the commit wrote some, else all that came or went. */
  private static List<FileAction> filesWithChanges(List<Action> actions) {
    List<FileAction> own =
        actions.stream().filter(AddCDCFile.class::isInstance).map(FileAction.class::cast).toList();
    if (!own.isEmpty()) {
      return own;
    }
    return actions.stream()
        .filter(action -> action instanceof AddFile || action instanceof RemoveFile)
        .map(FileAction.class::cast)
        .filter(FileAction::dataChange)
        .toList();
  }
}
