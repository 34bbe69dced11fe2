package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Part of a table: what has given values of partition columns, so that it is whole files.
 *
 * @param values texts that each of these columns may have
 */
public record Slice(Map<String, Set<String>> values) {

  static final Slice ALL = new Slice(Map.of());

  public Slice {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** All rows of {@code table} with one of {@code values} in its first partition column. */
  public static Slice of(Table table, Collection<?> values) {
    return ALL.within(table.partitions().get(0), values);
  }

  /** All rows with one of {@code values} in a partition column. */
  public static Slice where(String column, Collection<?> values) {
    return ALL.within(column, values);
  }

  /** Those rows of this part that have one of {@code allowed} in another partition column, too. */
  public Slice within(String column, Collection<?> allowed) {
    Map<String, Set<String>> narrowed = new TreeMap<>(values);
    narrowed.put(
        column,
        allowed.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new)));
    return new Slice(narrowed);
  }

  /** The part as an SQL predicate. */
  public String sql() {
    return values.entrySet().stream()
        .map(
            column ->
                column.getValue().isEmpty()
                    ? "false"
                    : column.getKey() + " IN ('" + String.join("', '", column.getValue()) + "')")
        .collect(Collectors.joining(" AND "));
  }

  /** Whether files with these values of the partition columns have rows of the part. */
  boolean has(Map<String, String> partition) {
    return values.entrySet().stream()
        .allMatch(
            column -> {
              String value = partition.get(column.getKey());
              return value != null && column.getValue().contains(value);
            });
  }
}
