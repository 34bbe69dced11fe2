package io.itinera.jobs.worlds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All records of one source as they stand, and those of them that tonight brought or changed. */
final class Book {

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final Map<String, Line> fresh = new LinkedHashMap<>();

  void put(Line line) {
    lines.put(line.id(), line);
    fresh.put(line.id(), line);
  }

  void drop(Line line) {
    lines.remove(line.id());
    fresh.remove(line.id());
  }

  Collection<Line> all() {
    return lines.values();
  }

  Collection<Line> fresh() {
    return fresh.values();
  }

  Optional<Line> any(Dice dice) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(dice.pick(new ArrayList<>(lines.values())));
  }

  /** What tonight brought is old from now on. */
  void close() {
    fresh.clear();
  }

  List<Line> copy() {
    return List.copyOf(lines.values());
  }
}
