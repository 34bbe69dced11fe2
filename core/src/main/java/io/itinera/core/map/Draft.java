package io.itinera.core.map;

import io.itinera.core.rule.Identifier;
import io.itinera.core.spark.ColumnPlaces;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The row that a record becomes, while it is made: a value for each of some columns of a table. */
final class Draft {

  static final ColumnPlaces TOUCHPOINT = new ColumnPlaces(Candidates.TOUCHPOINT_COLUMNS);
  static final ColumnPlaces PROFILE = new ColumnPlaces(Candidates.PROFILE_COLUMNS);
  static final ColumnPlaces COST = new ColumnPlaces(Candidates.COST_COLUMNS);
  static final ColumnPlaces TOMBSTONE = new ColumnPlaces(Candidates.TOMBSTONE_COLUMNS);

  private final ColumnPlaces places;
  private final Object[] values;
  private Fault fault;

  Draft(ColumnPlaces columns) {
    places = columns;
    values = new Object[places.size()];
  }

  void set(String column, Object value) {
    values[places.of(column)] = value;
  }

  Object get(String column) {
    return values[places.of(column)];
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
