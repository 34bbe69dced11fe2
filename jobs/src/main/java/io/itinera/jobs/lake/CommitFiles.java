package io.itinera.jobs.lake;

import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.ConcurrentTransactionException;
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
    requireHeld();
    long now = System.currentTimeMillis();
    List<Row> changes =
        Stream.concat(
                going.stream().map(file -> file.removal(now)),
                coming.stream().map(file -> file.addition(base.snapshot().getSchema())))
            .toList();
    TableVersion version = committed(path, base, changes);
    requireHeld();
    versions.pin(path, version);
    written.put(path.substring(path.lastIndexOf('/') + 1), version.number());
  }

  private TableVersion committed(String path, TableVersion base, List<Row> changes) {
    OptionalLong number =
        fence.map(Fence::number).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    try {
      return versions.log(path).commit(base, label, number, changes);
    } catch (ConcurrentTransactionException e) {
      throw new LostWarehouseException(path, e);
    }
  }
}
