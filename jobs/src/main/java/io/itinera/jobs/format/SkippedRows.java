package io.itinera.jobs.format;

import io.itinera.core.pattern.SafePattern;
import io.itinera.core.pattern.TooHardException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows right behind a header look like that are no records, such as the wording of a
 * survey's questions.
 *
 * <p>A row is one of them if at least one of the columns named has a value in it, and each that has
 * one matches. So a row that looks like data is a record, however many rows were skipped before.
 */
final class SkippedRows {

  private final Map<Integer, SafePattern> patterns = new TreeMap<>();

  /**
   * @param looks column to what its whole value matches; columns that the file lacks do not count
   * @param names names of the file's fields
   */
  SkippedRows(Map<String, String> looks, List<String> names) {
    List<String> folded = names.stream().map(Fields::folded).toList();
    looks.forEach(
        (column, pattern) -> {
          int place = folded.indexOf(Fields.folded(column));
          if (place >= 0) {
            patterns.put(place, SafePattern.of(pattern));
          }
        });
  }

  boolean include(String[] row) {
    boolean isAnyGiven = false;
    for (Map.Entry<Integer, SafePattern> look : patterns.entrySet()) {
      String value = look.getKey() < row.length ? row[look.getKey()] : null;
      if (value != null && !value.isBlank()) {
        isAnyGiven = true;
        if (!isLike(value.strip(), look.getValue())) {
          return false;
        }
      }
    }
    return isAnyGiven;
  }

  /** A value of which nobody knows is that of a record. */
  private static boolean isLike(String value, SafePattern look) {
    try {
      return look.isWhole(value);
    } catch (TooHardException e) {
      return false;
    }
  }
}
