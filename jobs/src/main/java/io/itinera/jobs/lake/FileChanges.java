package io.itinera.jobs.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The files that are in only one of two versions of a table. What changed from one to the other is
 * in them.
 *
 * @param went files of the earlier version alone
 * @param came files of the later version alone
 */
record FileChanges(List<StoredFile> went, List<StoredFile> came) {

  static FileChanges between(TableVersion before, TableVersion now) {
    return new FileChanges(without(before, now), without(now, before));
  }

  private static List<StoredFile> without(TableVersion some, TableVersion others) {
    Set<Path> theirs =
        others.files().stream().map(file -> file.status().getPath()).collect(Collectors.toSet());
    return some.files().stream().filter(file -> !theirs.contains(file.status().getPath())).toList();
  }

  /** Whether the files that went still exist: VACUUM deletes them in time. */
  boolean areThere(SparkSession spark) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    try {
      for (StoredFile file : went) {
        Path path = file.status().getPath();
        if (!path.getFileSystem(hadoop).exists(path)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for files that a table had", e);
    }
  }
}
