package io.itinera.jobs.night;

import io.itinera.core.table.IdentityOverrides;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Table;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.TableHistory;
import io.itinera.jobs.lake.TableHistory.Commit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes back what a stage had written when it died.
 *
 * <p>A table is taken back to the version before the first commit whose stage is not in the ledger
 * as succeeded. What others have done to a table, such as a {@code DELETE} by hand, is never taken
 * back with it: where that stands in the way, nothing is done and somebody must decide.
 */
final class Rollback {

  /** No stage writes them, so there is nothing to look for in their logs, which grow nightly. */
  private static final Set<Table> LEDGER =
      Set.of(Runs.TABLE, RunStages.TABLE, IdentityOverrides.TABLE);

  private final Lake lake;
  private final Ledger ledger;
  private final Set<String> stages = new TreeSet<>();
  private final Set<String> tables = new TreeSet<>();
  private final Map<String, Throwable> failures = new TreeMap<>();

  private Rollback(Lake lake, Ledger ledger) {
    this.lake = lake;
    this.ledger = ledger;
  }

  /** Takes back all that is half done in {@code tables}, as far as that succeeds. */
  static Rollback ofUnfinishedStages(Lake lake, List<Table> tables, Ledger ledger) {
    Rollback rollback = new Rollback(lake, ledger);
    Map<String, Long> expected = ledger.expectedVersions();
    for (Table table : tables) {
      if (LEDGER.contains(table)) {
        continue;
      }
      long from = expected.getOrDefault(table.name(), 0L);
      try {
        if (lake.version(table) > from) {
          rollback.takeBack(table, from);
        }
      } catch (Throwable e) {
        Fatal.rethrow(e);
        rollback.failures.put(table.name(), e);
      }
    }
    return rollback;
  }

  /** Whether nothing was half done. */
  boolean wasNotNeeded() {
    return tables.isEmpty() && failures.isEmpty();
  }

  /** Why something is still half done; empty if nothing is. */
  Optional<Throwable> failure() {
    return failures.values().stream().findFirst();
  }

  /** What was taken back and what could not be, in a sentence or two. */
  String describe() {
    if (wasNotNeeded()) {
      return "It had published nothing.";
    }
    String done =
        tables.isEmpty()
            ? ""
            : "What %s had written was taken back (%s)."
                .formatted(String.join(", ", stages), String.join(", ", tables));
    return (done + " " + whatIsLeft()).strip();
  }

  private String whatIsLeft() {
    if (failures.isEmpty()) {
      return "";
    }
    return failures.entrySet().stream()
        .map(each -> each.getKey() + ": " + ErrorText.clause(each.getValue()))
        .collect(
            Collectors.joining(
                "; ",
                "Not everything could be taken back (",
                "). Until the next run does that, before anything else, these tables are half"
                    + " done."));
  }

  private void takeBack(Table table, long from) {
    TableHistory history = TableHistory.of(lake, table);
    Lineage lineage = Lineage.since(from, history.commitsAfter(from));
    Set<String> labels =
        lineage.commits().stream()
            .filter(Lineage::isOfStage)
            .map(Commit::label)
            .collect(Collectors.toSet());
    if (labels.isEmpty()) {
      return;
    }
    Optional<Commit> first = lineage.firstUnfinished(ledger.succeededAmong(labels));
    if (first.isPresent()) {
      long before = first.get().version() - 1;
      lineage.foreignAfter(before).ifPresent(foreign -> refuse(foreign, lake.path(table), before));
      history.restore(before);
      stages.add(first.get().label().replaceFirst("(.+)/(.+)", "$2 of run $1"));
      tables.add(table.name());
    }
  }

  private static void refuse(Commit foreign, String path, long before) {
    throw new IllegalStateException(
        "somebody's %s (version %d) came after the half-done stage, and Itinera takes back only what is its own; RESTORE TABLE delta.`%s` TO VERSION AS OF %d, then do the %1$s again"
            .formatted(foreign.operation(), foreign.version(), path, before));
  }
}
