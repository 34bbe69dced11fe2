package io.itinera.jobs.lake;

import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
import io.delta.kernel.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Commits files to tables, for whoever holds the warehouse, and remembers what it committed. */
final class CommitFiles {

  private final PinnedVersions versions;
  private final Map<String, Long> written = new ConcurrentHashMap<>();
  private String label = "";
  private Optional<Fence> fence = Optional.empty();

  CommitFiles(PinnedVersions versions) {
    this.versions = versions;
  }

  /** Lets nothing be committed from now on that {@code fence} does not let through. */
  void guardBy(Fence guard) {
    this.fence = Optional.of(guard);
  }

  /** Commits for others, whom the same fence lets through. */
  CommitFiles forOthers(PinnedVersions theirs) {
    CommitFiles others = new CommitFiles(theirs);
    others.fence = fence;
    return others;
  }

  /** Throws if commits are guarded and the warehouse is not held any more. */
  void requireHeld() {
    fence.ifPresent(Fence::requireHeld);
  }

  /** Forgets what was committed; commits from now on carry {@code label}. */
  void begin(String ofStage) {
    written.clear();
    this.label = ofStage;
  }

  String label() {
    return label;
  }

  /** Names of tables to the versions that were committed since {@link #begin}. */
  Map<String, Long> numbers() {
    return Map.copyOf(written);
  }

  /**
   * Removes some files from a table and adds others, in one commit.
   *
   * @param base the version that it follows
   */
  void commit(String path, TableVersion base, List<StoredFile> going, List<NewFile> coming) {
    StructType schema = base.snapshot().getSchema();
    TableVersion version =
        committed(
            path, base, changes(going, coming.stream().map(file -> file.addition(schema))), label);
    versions.pin(path, version);
    written.put(path.substring(path.lastIndexOf('/') + 1), version.number());
  }

  /**
   * Undoes what changed up to {@code now}, in one commit. It is none of those that are remembered,
   * and readers see it once they see the latest version.
   */
  void takeBack(String path, TableVersion now, FileChanges changes, String because) {
    StructType schema = now.snapshot().getSchema();
    versions.remember(
        path,
        committed(
            path,
            now,
            changes(changes.came(), changes.went().stream().map(file -> file.addition(schema))),
            because));
  }

  private static List<Row> changes(List<StoredFile> going, Stream<Row> coming) {
    long now = System.currentTimeMillis();
    return Stream.concat(going.stream().map(file -> file.removal(now)), coming).toList();
  }

  private TableVersion committed(
      String path, TableVersion base, List<Row> changes, String because) {
    requireHeld();
    OptionalLong number =
        fence.map(Fence::number).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    try {
      TableVersion version = versions.log(path).commit(base, because, number, changes);
      requireHeld();
      return version;
    } catch (ConcurrentTransactionException e) {
      throw new LostWarehouseException(path, e);
    }
  }
}
