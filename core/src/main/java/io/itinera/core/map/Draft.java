package io.itinera.core.map;

import io.itinera.core.rule.Identifier;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The row that a record becomes, while it is made: a value for each of some columns of a table. */
final class Draft {

  static final Columns TOUCHPOINT = Columns.of(Candidates.TOUCHPOINT_COLUMNS);
  static final Columns PROFILE = Columns.of(Candidates.PROFILE_COLUMNS);
  static final Columns COST = Columns.of(Candidates.COST_COLUMNS);
  static final Columns TOMBSTONE = Columns.of(Candidates.TOMBSTONE_COLUMNS);

  /** Columns and their places, which are the same for all rows of a kind. */
  record Columns(Map<String, Integer> places) {

    private static Columns of(List<String> names) {
      Map<String, Integer> places = new HashMap<>();
      names.forEach(name -> places.put(name, places.size()));
      return new Columns(places);
    }
  }

  private final Map<String, Integer> places;
  private final Object[] values;
  private Fault fault;

  Draft(Columns columns) {
    places = columns.places();
    values = new Object[places.size()];
  }

  void set(String column, Object value) {
    values[places.get(column)] = value;
  }

  Object get(String column) {
    return values[places.get(column)];
  }

  /** The values of {@code columns}, in their order. */
  Object[] of(List<String> columns) {
    Object[] some = new Object[columns.size()];
    for (int i = 0; i < some.length; i++) {
      some[i] = get(columns.get(i));
    }
    return some;
  }

  String text(String column) {
    return (String) get(column);
  }

  Number number(String column) {
    return (Number) get(column);
  }

  BigDecimal amount(String column) {
    return (BigDecimal) get(column);
  }

  /** An instant, in microseconds since 1970. */
  Long instant(String column) {
    return (Long) get(column);
  }

  /** A day, counted from 1970. */
  Integer day(String column) {
    return (Integer) get(column);
  }

  @SuppressWarnings("unchecked") // Such a column holds nothing else.
  Map<String, String> texts(String column) {
    return (Map<String, String>) get(column);
  }

  @SuppressWarnings("unchecked") // Such a column holds nothing else.
  List<Identifier> identifiers(String column) {
    return (List<Identifier>) get(column);
  }

  /** All values, in the order of the columns. */
  Object[] values() {
    return values;
  }

  /** Finds {@code found} wrong with the record, unless something else was before. */
  void blame(Fault found) {
    if (fault == null) {
      fault = found;
    }
  }

  /** The same, where {@code isWrong}. */
  void blameIf(boolean isWrong, Fault found) {
    if (isWrong) {
      blame(found);
    }
  }

  /** What is wrong with the record; null if nothing is. */
  Fault fault() {
    return fault;
  }
}
