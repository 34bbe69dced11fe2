package io.itinera.jobs.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The tables that lie in a warehouse, whoever made them and whatever is configured. */
public final class StoredTables {

  private static final String LOG = "_delta_log";

  private StoredTables() {}

  /** Names of tables that begin with one of {@code prefixes}, sorted. */
  public static List<String> beginningWith(
      Collection<String> prefixes, String warehouse, Configuration hadoop) {
    Path folder = new Path(warehouse);
    try {
      FileSystem files = folder.getFileSystem(hadoop);
      List<String> found = new ArrayList<>();
      for (FileStatus each : files.listStatus(folder)) {
        String name = each.getPath().getName();
        if (prefixes.stream().anyMatch(name::startsWith)
            && files.exists(new Path(each.getPath(), LOG))) {
          found.add(name);
        }
      }
      return found.stream().sorted().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for tables in " + warehouse, e);
    }
  }
}
