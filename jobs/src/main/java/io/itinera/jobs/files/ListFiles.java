package io.itinera.jobs.files;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists the files that a glob names, and those below the folders that it names. Each folder is
 * listed once, page by page, and no file is asked about again: on an object store a question per
 * file would take longer than to read it. What lies below a named folder comes in one listing
 * without its folders, where the store can do so.
 */
public final class ListFiles {

  /** Here the listing without folders would start a process for each file, to see its rights. */
  private static final String LOCAL = "file";

  private final FileSystem fileSystem;
  private final Predicate<String> isWantedBeside;
  private final Consumer<FileStatus> found;
  private final Set<Path> listed = new HashSet<>();

  /** The folders of this machine in which the listing is just now, without their links. */
  private final Set<java.nio.file.Path> within = new HashSet<>();

  /**
   * @param isWantedBeside whether a file of this name, in the folder of a file that the glob may
   *     name, is to be found though the glob does not name it
   * @param found takes each file
   */
  public ListFiles(
      FileSystem fileSystem, Predicate<String> isWantedBeside, Consumer<FileStatus> found) {
    this.fileSystem = fileSystem;
    this.isWantedBeside = isWantedBeside;
    this.found = found;
  }

  /**
   * Finds the files of {@code glob}; some twice, if it says the same twice. Those whose names, or
   * folders below a named one, start with a dot or an underscore are left out.
   *
   * @param looksBeside whether files beside those that it names may be wanted
   */
  public void list(String glob, boolean looksBeside) throws IOException {
    for (String flat : GlobExpander.expand(glob)) {
      Path path = new Path(flat);
      GlobFilter names = path.isRoot() ? null : new GlobFilter(path.getName());
      if (names != null && names.hasPattern()) {
        for (FileStatus folder : named(path.getParent())) {
          if (folder.isDirectory()) {
            listFolder(folder.getPath(), names);
          }
        }
      } else {
        for (FileStatus status : named(path)) {
          listNamed(status, looksBeside);
        }
      }
    }
  }

  private FileStatus[] named(Path glob) throws IOException {
    FileStatus[] statuses = fileSystem.globStatus(glob);
    return statuses == null ? new FileStatus[0] : statuses;
  }

  private void listFolder(Path folder, PathFilter names) throws IOException {
    RemoteIterator<FileStatus> children = fileSystem.listStatusIterator(folder);
    while (children.hasNext()) {
      FileStatus child = children.next();
      String name = child.getPath().getName();
      if (isHidden(name)) {
        continue;
      }
      boolean isNamed = names.accept(child.getPath());
      if (child.isDirectory()) {
        if (isNamed) {
          listBelow(child.getPath());
        }
      } else if (isNamed || isWantedBeside.test(name)) {
        found.accept(child);
      }
    }
  }

  private void listNamed(FileStatus status, boolean looksBeside) throws IOException {
    Path path = status.getPath();
    if (isHidden(path.getName())) {
      return;
    }
    if (status.isDirectory()) {
      listBelow(path);
      return;
    }
    found.accept(status);
    if (looksBeside && listed.add(path.getParent())) {
      listFolder(path.getParent(), none -> false);
    }
  }

  private void listBelow(Path folder) throws IOException {
    if (fileSystem.getScheme().equals(LOCAL)) {
      listLocally(folder);
      return;
    }
    int prefix = folder.toString().length();
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(folder, true);
    while (files.hasNext()) {
      FileStatus file = files.next();
      String below = file.getPath().toString().substring(prefix);
      if (!below.contains("/.") && !below.contains("/_")) {
        found.accept(file);
      }
    }
  }

  /** A link that leads back to a folder in which it lies would be followed without end. */
  private void listLocally(Path folder) throws IOException {
    java.nio.file.Path real = java.nio.file.Path.of(folder.toUri()).toRealPath();
    if (within.add(real)) {
      listFolder(folder, any -> true);
      within.remove(real);
    }
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }
}
