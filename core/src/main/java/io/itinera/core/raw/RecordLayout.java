package io.itinera.core.raw;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the values of a source's expressions stand among those of a record, and in which form. */
final class RecordLayout implements Serializable {

  private static final long serialVersionUID = 1;

  private final Map<String, Integer> places = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final Map<String, List<String>> clocks = new HashMap<>();

  /** Columns in their order. */
  RecordLayout(List<String> columns) {
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i), i);
    }
  }

  /** The same forms of columns that stand in this order. */
  RecordLayout of(List<String> columns) {
    RecordLayout layout = new RecordLayout(columns);
    layout.texts.addAll(texts);
    layout.clocks.putAll(clocks);
    return layout;
  }

  /** Place of a column; null without it. */
  Integer placeOf(String column) {
    return places.get(column);
  }

  /** Notes that the number {@code column} comes as its text. */
  void isText(String column) {
    texts.add(column);
  }

  boolean comesAsText(String column) {
    return texts.contains(column);
  }

  /** Notes the fields that have the clocks of {@code column}, best first. */
  void hasClocks(String column, List<String> fields) {
    clocks.put(column, List.copyOf(fields));
  }

  List<String> clocksOf(String column) {
    return clocks.getOrDefault(column, List.of());
  }
}
