package io.itinera.core.spark;

import java.io.Serializable;
import java.util.List;

/**
 * Where columns stand in a row. They are looked up several times for each record, nearly always by
 * the very constant that names them in the row, so that one look at its place in the table is
 * enough.
 */
public final class ColumnPlaces implements Serializable {

  private static final long serialVersionUID = 1;

  private final List<String> columns;
  private transient String[] names;
  private transient int[] places;

  /**
   * @param columns in their order, each once
   */
  public ColumnPlaces(List<String> columns) {
    this.columns = List.copyOf(columns);
    fill();
  }

  private void fill() {
    // Three of four places are empty, so that a column seldom meets another.
    int size = Integer.highestOneBit(Math.max(1, columns.size())) << 3;
    names = new String[size];
    places = new int[size];
    for (int i = 0; i < columns.size(); i++) {
      // One that comes from elsewhere is not the constant, but equals it.
      String name = columns.get(i).intern();
      int at = start(name);
      while (names[at] != null) {
        at = (at + 1) & (size - 1);
      }
      names[at] = name;
      places[at] = i;
    }
  }

  private Object readResolve() {
    return new ColumnPlaces(columns);
  }

  private int start(String column) {
    int hash = column.hashCode();
    return (hash ^ (hash >>> 16)) & (names.length - 1);
  }

  /** Place of {@code column}; -1 without it. */
  @SuppressWarnings("ReferenceEquality") // Only the quick case; equals decides.
  public int of(String column) {
    int at = start(column);
    while (true) {
      String name = names[at];
      if (name == column || column.equals(name)) {
        return places[at];
      }
      if (name == null) {
        return -1;
      }
      at = (at + 1) & (names.length - 1);
    }
  }

  /** How many columns there are. */
  public int size() {
    return columns.size();
  }
}
