package io.itinera.jobs.lake;

import io.delta.kernel.engine.Engine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which version of each table its readers see: the one that was the latest when they first asked,
 * or that their own lake has made since. So a persisted plan never changes under its reader.
 *
 * <p>Tables are named by their folders.
 */
final class PinnedVersions {

  private final Engine engine;
  private final Map<String, TableVersion> recent;
  private final Map<String, TableVersion> pinned = new ConcurrentHashMap<>();

  PinnedVersions(Engine engine) {
    this(engine, new ConcurrentHashMap<>());
  }

  private PinnedVersions(Engine engine, Map<String, TableVersion> recent) {
    this.engine = engine;
    this.recent = recent;
  }

  /** Versions for other readers, who find what was read of the logs here. */
  PinnedVersions forOthers() {
    return new PinnedVersions(engine, recent);
  }

  TableLog log(String path) {
    return new TableLog(engine, path);
  }

  /** Lets every reader see the latest versions from now on. */
  void clear() {
    pinned.clear();
  }

  /** As {@link #clear}, for one table. */
  void unpin(String path) {
    pinned.remove(path);
  }

  /** The version that readers see. */
  TableVersion of(String path) {
    return pinned.computeIfAbsent(path, folder -> latest(folder));
  }

  /** Lets readers see {@code version}, which was just made, from now on. */
  void pin(String path, TableVersion version) {
    recent.put(path, version);
    pinned.put(path, version);
  }

  /** The latest version, whatever readers see. */
  TableVersion latest(String path) {
    TableVersion last = recent.get(path);
    if (last != null && log(path).isLatest(last.number())) {
      return last;
    }
    TableVersion found =
        log(path)
            .latest()
            .orElseThrow(() -> new IllegalStateException("There is no table at " + path));
    return recent.merge(
        path, found, (before, now) -> before.number() == now.number() ? before : now);
  }

  /** Remembers what was found or made, so that it need not be read again. */
  void remember(String path, TableVersion version) {
    recent.put(path, version);
  }

  boolean exists(String path) {
    Optional<TableVersion> latest = log(path).latest();
    latest.ifPresent(found -> remember(path, found));
    return latest.isPresent();
  }

  /** Whether the table is there, but without {@code column}. */
  boolean lacks(String path, String column) {
    return log(path)
        .latest()
        .filter(there -> !List.of(there.schema().fieldNames()).contains(column))
        .isPresent();
  }

  boolean isPartedOtherwise(String path, List<String> partitions) {
    return log(path)
        .latest()
        .filter(there -> !there.partitionColumns().equals(partitions))
        .isPresent();
  }

  /** Names of tables to the numbers of the versions that readers have seen. */
  Map<String, Long> numbers() {
    return pinned.entrySet().stream()
        .collect(
            Collectors.toMap(
                read -> read.getKey().substring(read.getKey().lastIndexOf('/') + 1),
                read -> read.getValue().number()));
  }
}
