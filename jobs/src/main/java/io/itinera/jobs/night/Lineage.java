package io.itinera.jobs.night;

import io.itinera.jobs.lake.TableHistory.Commit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The commits that made a table what it is: those that a later RESTORE went back behind are not
 * among them.
 *
 * @param commits in their order
 */
record Lineage(List<Commit> commits) {

  /** Commits that bear it are a stage's: the run's id, the stage's name. */
  private static final Pattern STAGE = Pattern.compile("\\d{8}T\\d{6}\\.\\d{3}/[a-z][a-z0-9_-]*");

  /** What others do to a table that changes none of its rows. */
  private static final Set<String> KEEPS_ROWS =
      Set.of(
          "OPTIMIZE",
          "REORG",
          "VACUUM START",
          "VACUUM END",
          "COMPUTE STATS",
          "SET TBLPROPERTIES",
          "UNSET TBLPROPERTIES");

  Lineage {
    commits = List.copyOf(commits);
  }

  /**
   * The lineage since {@code base}.
   *
   * @param commits all after version {@code base}, in their order
   */
  static Lineage since(long base, List<Commit> commits) {
    Map<Long, List<Commit>> at = new HashMap<>();
    at.put(base, List.of());
    List<Commit> now = List.of();
    for (Commit commit : commits) {
      List<Commit> before = now;
      now = commit.restored().isPresent() ? at.get(commit.restored().getAsLong()) : null;
      if (now == null) {
        now = new ArrayList<>(before);
        now.add(commit);
      }
      at.put(commit.version(), now);
    }
    return new Lineage(now);
  }

  /** Whether a stage of some run made {@code commit}. */
  static boolean isOfStage(Commit commit) {
    return STAGE.matcher(commit.label()).matches();
  }

  /** The first commit of a stage that is not among the {@code finished}. */
  Optional<Commit> firstUnfinished(Set<String> finished) {
    return commits.stream()
        .filter(Lineage::isOfStage)
        .filter(commit -> !finished.contains(commit.label()))
        .findFirst();
  }

  /** A commit after {@code version} by which somebody else changed rows. */
  Optional<Commit> foreignAfter(long version) {
    return commits.stream()
        .filter(commit -> commit.version() > version)
        .filter(commit -> !isOfStage(commit) && !commit.label().equals(Ledger.LABEL))
        .filter(commit -> !KEEPS_ROWS.contains(commit.operation()))
        .findFirst();
  }
}
