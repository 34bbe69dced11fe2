package io.itinera.jobs.night;

import io.itinera.core.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which stages of a night may run beside which: in whatever order they end, each finds the tables
 * as if all had run one after the other.
 *
 * <p>A stage waits for those it needs, and for every earlier one that writes what it reads or
 * writes, or reads what it writes.
 */
final class StageOrder {

  private final List<Stage> all;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<String> unfinished = new LinkedHashSet<>();

  /**
   * @param stages in an order in which they could run one after the other
   */
  StageOrder(List<Stage> stages) {
    this.all = List.copyOf(stages);
    stages.forEach(stage -> waiting.add(stage.name()));
    unfinished.addAll(waiting);
  }

  /** The first stage that waits for no other; it counts as begun. None, if all of them do. */
  Optional<Stage> next() {
    Optional<Stage> next =
        all.stream()
            .filter(stage -> waiting.contains(stage.name()))
            .filter(stage -> before(stage).stream().noneMatch(other -> holdsBack(other, stage)))
            .findFirst();
    next.ifPresent(stage -> waiting.remove(stage.name()));
    return next;
  }

  void ended(Stage stage) {
    unfinished.remove(stage.name());
  }

  /** Names of the stages, in their order. */
  List<String> names() {
    return all.stream().map(Stage::name).toList();
  }

  /**
   * Tables that {@code stage} must not look at, since a stage writes them that may run at the same
   * time.
   */
  Set<String> written(Stage stage) {
    Set<String> known = new TreeSet<>(needed(stage));
    known.add(stage.name());
    return all.stream()
        .filter(other -> !known.contains(other.name()) && !isBound(stage, other))
        .flatMap(other -> other.outputs().stream())
        .map(Table::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Stage> before(Stage stage) {
    return all.subList(0, all.indexOf(stage)).stream()
        .filter(other -> unfinished.contains(other.name()))
        .toList();
  }

  private static boolean holdsBack(Stage other, Stage stage) {
    return needed(stage).contains(other.name()) || isBound(stage, other);
  }

  /** Whether the two find other tables when they run the other way round. */
  private static boolean isBound(Stage one, Stage other) {
    return meet(one.outputs(), other.outputs())
        || meet(one.outputs(), other.inputs())
        || meet(one.inputs(), other.outputs());
  }

  private static boolean meet(List<Table> some, List<Table> others) {
    return !Collections.disjoint(some, others);
  }

  private static Set<String> needed(Stage stage) {
    Set<String> needed = new TreeSet<>();
    List<Stage> open = new ArrayList<>(stage.needs());
    while (!open.isEmpty()) {
      Stage next = open.remove(open.size() - 1);
      if (needed.add(next.name())) {
        open.addAll(next.needs());
      }
    }
    return needed;
  }
}
