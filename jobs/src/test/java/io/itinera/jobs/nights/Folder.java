package io.itinera.jobs.nights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. */
record Folder(Path path) {

  /** An empty one that goes with the process. */
  static Folder temporary(String name) throws IOException {
    Folder folder = new Folder(Files.createTempDirectory(name));
    Runtime.getRuntime().addShutdownHook(new Thread(folder::removeQuietly));
    return folder;
  }

  /** Copies everything, with the times at which files were written. */
  void copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    for (Path from : content()) {
      Path to = target.resolve(path.relativize(from).toString());
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Removes everything but the folder itself. */
  void clear() throws IOException {
    for (Path each : content().stream().sorted(Comparator.reverseOrder()).toList()) {
      if (!each.equals(path)) {
        Files.delete(each);
      }
    }
  }

  private List<Path> content() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.toList();
    }
  }

  private void removeQuietly() {
    try {
      clear();
      Files.delete(path);
    } catch (IOException e) {
      // It lies among temporary files, and the process ends.
    }
  }
}
