package io.itinera.jobs.files;

import io.itinera.core.source.FileRules;
import io.itinera.core.source.FileRules.Lookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * The files beside a source's data that say something about it: header file, lookup files and
 * manifests. They are no data themselves, whatever the source's path names.
 */
public final class Companions {

  private final Configuration hadoop;
  private final Map<String, GlobPattern> globs = new HashMap<>();
  private final Map<List<String>, List<RawFile>> found = new HashMap<>();

  /** The companions that {@code rules} name; none is found yet. */
  public Companions(Configuration hadoop, FileRules rules) {
    this.hadoop = hadoop;
    Stream.concat(needed(rules).stream(), rules.manifest().stream())
        .forEach(glob -> globs.put(glob, new GlobPattern(glob)));
  }

  /** Names, or globs, of the files without which data cannot be read. */
  static List<String> needed(FileRules rules) {
    return Stream.concat(rules.headerFile().stream(), rules.lookups().stream().map(Lookup::file))
        .distinct()
        .toList();
  }

  /** Whether the source names no such file. */
  public boolean areNone() {
    return globs.isEmpty();
  }

  /** Whether a file called {@code name}, in whatever folder, is one. */
  public boolean isNameOfOne(String name) {
    return globs.values().stream().anyMatch(glob -> glob.matches(name));
  }

  /** Takes {@code file}, if it is one, and says whether it is. */
  public boolean take(RawFile file) {
    boolean isOne = false;
    for (Map.Entry<String, GlobPattern> glob : globs.entrySet()) {
      if (glob.getValue().matches(file.name())) {
        isOne = true;
        found
            .computeIfAbsent(List.of(file.folder(), glob.getKey()), key -> new ArrayList<>())
            .add(file);
      }
    }
    return isOne;
  }

  /**
   * The files that {@code glob} names for the data in {@code folder}. One that leads out of the
   * folder was not listed with it, and is looked for now.
   */
  List<RawFile> of(String folder, String glob) {
    return glob.contains("/")
        ? found.computeIfAbsent(List.of(folder, glob), key -> elsewhere(folder, glob))
        : found.getOrDefault(List.of(folder, glob), List.of());
  }

  private List<RawFile> elsewhere(String folder, String glob) {
    Path path = new Path(new Path(folder), glob);
    try {
      FileStatus[] statuses = path.getFileSystem(hadoop).globStatus(path);
      return statuses == null ? List.of() : Stream.of(statuses).map(RawFile::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for " + path, e);
    }
  }
}
