package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.TableHistory;
import io.itinera.jobs.lake.TableHistory.Commit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes back what a stage had written when it died.
 *
 * <p>A table is taken back to the version before the first commit whose stage is not in the ledger
 * as succeeded. Commits that bear no label, such as an {@code OPTIMIZE} by hand, are left alone.
 */
final class Rollback {

  private Rollback() {}

  static void ofUnfinishedStages(Lake lake, List<Table> tables, Ledger ledger, Progress progress) {
    Map<String, Long> expected = ledger.expectedVersions();
    for (Table table : tables) {
      long from = expected.getOrDefault(table.name(), 0L);
      if (lake.version(table) > from) {
        takeBack(TableHistory.of(lake, table), table, ledger, from, progress);
      }
    }
  }

  private static void takeBack(
      TableHistory history, Table table, Ledger ledger, long from, Progress progress) {
    List<Commit> commits = history.commitsAfter(from);
    Set<String> labels =
        commits.stream()
            .map(Commit::label)
            .filter(label -> label.contains("/"))
            .collect(Collectors.toSet());
    if (labels.isEmpty()) {
      return;
    }
    Set<String> finished = ledger.succeededAmong(labels);
    commits.stream()
        .filter(commit -> labels.contains(commit.label()) && !finished.contains(commit.label()))
        .mapToLong(Commit::version)
        .min()
        .ifPresent(
            first -> {
              history.restore(first - 1);
              progress.note(
                  "%s was taken back to version %d: run %s was broken off while it wrote"
                      .formatted(table.name(), first - 1, labels));
            });
  }
}
