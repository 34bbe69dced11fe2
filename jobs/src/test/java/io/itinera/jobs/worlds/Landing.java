package io.itinera.jobs.worlds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** A landing folder, and the files that once lay in it. */
final class Landing {

  private final Path folder;
  private final Map<String, Drop> last = new LinkedHashMap<>();

  Landing(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Path folder() {
    return folder;
  }

  void take(Iterable<Drop> drops) throws IOException {
    for (Drop drop : drops) {
      if (drop.content().isPresent()) {
        last.put(drop.path(), drop);
        write(drop);
      } else {
        Files.delete(folder.resolve(drop.path()));
      }
    }
  }

  /** Brings back what was moved away. */
  void restore() throws IOException {
    for (Drop drop : last.values()) {
      if (!Files.exists(folder.resolve(drop.path()))) {
        write(drop);
      }
    }
  }

  private void write(Drop drop) throws IOException {
    Path file = folder.resolve(drop.path());
    Files.createDirectories(file.getParent());
    Files.writeString(file, drop.content().orElseThrow());
    Files.setLastModifiedTime(file, FileTime.from(drop.modified()));
  }
}
