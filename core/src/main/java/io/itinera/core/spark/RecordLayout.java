package io.itinera.core.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the values of a source's expressions stand among those of a record, and in which form. */
public final class RecordLayout implements Serializable {

  private static final long serialVersionUID = 1;

  private final ColumnPlaces places;
  private final Set<String> texts = new HashSet<>();
  private final Map<String, List<String>> clocks = new HashMap<>();
  private transient Map<String, Block> blocks;

  /**
   * Where all that was found out about one expression's result stands; -1 for what nobody asked.
   *
   * @param value the result
   * @param isText whether it is a number that comes as its text
   * @param given whether there is one
   * @param allGiven whether all columns that the expression names hold something
   * @param anyGiven whether any does
   * @param clocks its clocks, best first
   */
  public record Place(
      int value, boolean isText, int given, int allGiven, int anyGiven, List<Clock> clocks) {}

  /**
   * Where what one clock shows stands.
   *
   * @param field that has it
   * @param time the time that it shows
   * @param given whether it shows any
   */
  public record Clock(String field, int time, int given) {}

  /** The places of one block's expressions, each looked up once for all records of a task. */
  public final class Block {

    private final String prefix;
    private final Map<String, Place> known = new HashMap<>();

    private Block(String prefix) {
      this.prefix = prefix;
    }

    /** Of the expression for {@code name}. */
    public Place of(String name) {
      return known.computeIfAbsent(name, each -> place(prefix + each));
    }
  }

  /** Columns in their order. */
  RecordLayout(List<String> columns) {
    places = new ColumnPlaces(columns);
  }

  /** The same forms of columns that stand in this order. */
  RecordLayout of(List<String> columns) {
    RecordLayout layout = new RecordLayout(columns);
    layout.texts.addAll(texts);
    layout.clocks.putAll(clocks);
    return layout;
  }

  /** Place of a column; -1 without it. */
  public int placeOf(String column) {
    return places.of(column);
  }

  /** The places of the expressions whose columns begin with {@code prefix}. */
  public Block block(String prefix) {
    if (blocks == null) {
      blocks = new HashMap<>();
    }
    return blocks.computeIfAbsent(prefix, Block::new);
  }

  private Place place(String column) {
    List<Clock> shown = new ArrayList<>();
    for (String field : clocks.getOrDefault(column, List.of())) {
      String time = EvaluateSource.time(column, shown.size());
      shown.add(new Clock(field, placeOf(time), placeOf(EvaluateSource.given(time))));
    }
    return new Place(
        placeOf(column),
        texts.contains(column),
        placeOf(EvaluateSource.given(column)),
        placeOf(EvaluateSource.allGiven(column)),
        placeOf(EvaluateSource.anyGiven(column)),
        List.copyOf(shown));
  }

  /** Notes that the number {@code column} comes as its text. */
  void isText(String column) {
    texts.add(column);
  }

  /** Notes the fields that have the clocks of {@code column}, best first. */
  void hasClocks(String column, List<String> fields) {
    clocks.put(column, List.copyOf(fields));
  }
}
