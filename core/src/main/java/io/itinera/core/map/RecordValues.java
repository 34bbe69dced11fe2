package io.itinera.core.map;

import io.itinera.core.source.RawRecords;
import io.itinera.core.spark.RecordLayout;
import java.util.Map;

/** The values of a source's expressions for one record, and what its file says of it. */
final class RecordValues {

  private final RecordLayout layout;
  private Object[] values;

  RecordValues(RecordLayout layout) {
    this.layout = layout;
  }

  /** The same layout with the values of the next record. */
  RecordValues with(Object[] next) {
    values = next;
    return this;
  }

  /** The value of {@code column}; null without that column. */
  Object get(String column) {
    return at(layout.placeOf(column));
  }

  /** A text; null without one. */
  String text(String column) {
    return (String) get(column);
  }

  /** A whole number, or an instant in microseconds; null without one. */
  Long whole(String column) {
    return (Long) get(column);
  }

  boolean is(String column) {
    return Boolean.TRUE.equals(get(column));
  }

  /** The value at {@code place}; null at no place. */
  Object at(int place) {
    return place < 0 ? null : values[place];
  }

  /** Where the results of a block's expressions stand. */
  RecordLayout.Block block(String prefix) {
    return layout.block(prefix);
  }

  String path() {
    return text(RawRecords.PATH);
  }

  /** Microseconds since 1970; null if nobody knows. */
  Long modifiedAt() {
    return whole(RawRecords.MODIFIED_AT);
  }

  String record() {
    Object text = get(RawRecords.RECORD);
    return text == null ? null : text.toString();
  }

  /** Fields that nobody asked for; null for none. */
  @SuppressWarnings("unchecked") // That column is such a map.
  Map<String, String> others() {
    return (Map<String, String>) get(RawRecords.OTHER);
  }
}
