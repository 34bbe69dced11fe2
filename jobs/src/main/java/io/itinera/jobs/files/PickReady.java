package io.itinera.jobs.files;

import io.itinera.core.source.SourceRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks the data files that may be read: those whose header file and lookup files are there and,
 * where the source has manifests, those that one names. The others wait, and the log says how many.
 */
public final class PickReady {

  private static final Logger LOG = LoggerFactory.getLogger(PickReady.class);

  private final Configuration hadoop;
  private final SourceRules source;
  private final Companions companions;
  private final List<String> needed;
  private final Map<String, Manifests> manifests = new HashMap<>();
  private final Map<String, Long> waiting = new TreeMap<>();

  private PickReady(Configuration hadoop, SourceRules source, Companions companions) {
    this.hadoop = hadoop;
    this.source = source;
    this.companions = companions;
    this.needed = Companions.needed(source.files());
  }

  /** Those of {@code files} that may be read, each with what its manifest says of it. */
  public static List<RawFile> pick(
      Configuration hadoop, SourceRules source, Companions companions, List<RawFile> files) {
    PickReady picker = new PickReady(hadoop, source, companions);
    List<RawFile> ready = new ArrayList<>();
    for (RawFile file : files) {
      if (picker.hasAllNeeded(file)) {
        picker.addIfComplete(file, ready);
      }
    }
    picker.waiting.forEach(
        (what, count) ->
            LOG.warn("Source {}: {} files wait, because {}", source.name(), count, what));
    return ready;
  }

  private boolean hasAllNeeded(RawFile file) {
    for (String name : needed) {
      if (companions.of(file.folder(), name).isEmpty()) {
        waiting.merge("there is no %s beside them".formatted(name), 1L, Long::sum);
        return false;
      }
    }
    return true;
  }

  private void addIfComplete(RawFile file, List<RawFile> ready) {
    // No manifest knows of records that somebody repaired.
    if (source.files().manifest().isEmpty() || file.isOfRejected()) {
      ready.add(file);
      return;
    }
    ManifestEntry entry =
        manifests.computeIfAbsent(file.folder(), this::manifests).entry(file.name());
    if (entry == null) {
      waiting.merge("no manifest names them yet", 1L, Long::sum);
    } else if (entry.isData()) {
      ready.add(file.with(entry));
    }
  }

  private Manifests manifests(String folder) {
    String glob = source.files().manifest().orElseThrow();
    return new Manifests(hadoop, companions.of(folder, glob));
  }

  /**
   * What the manifests of one folder say. The newest that names a file counts; older ones are only
   * read for files that no newer one names, so that a night need not read years of them.
   */
  private static final class Manifests {

    private final Configuration hadoop;
    private final Deque<RawFile> unread;
    private final Map<String, ManifestEntry> entries = new HashMap<>();

    Manifests(Configuration hadoop, List<RawFile> files) {
      this.hadoop = hadoop;
      this.unread =
          new ArrayDeque<>(
              files.stream()
                  .sorted(
                      Comparator.comparing(RawFile::modifiedAt)
                          .thenComparing(RawFile::path)
                          .reversed())
                  .toList());
    }

    /** What is said of the file {@code name}; null if nothing is. */
    ManifestEntry entry(String name) {
      while (!entries.containsKey(name) && !unread.isEmpty()) {
        RawFile manifest = unread.remove();
        try {
          ReadManifest.read(hadoop, manifest.path())
              .forEach(entry -> entries.putIfAbsent(entry.file(), entry));
        } catch (IOException e) {
          throw new UncheckedIOException(
              "Cannot read the manifest %s. Correct it, or take it away; nothing was loaded."
                  .formatted(manifest.path()),
              e);
        }
      }
      return entries.get(name);
    }
  }
}
