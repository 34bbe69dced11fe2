package io.itinera.jobs.lake;

import io.itinera.core.table.Table;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Part of a table: what has given values of the first partition column, or meets a condition. */
public final class Slice {

  static final Slice ALL = new Slice("", Optional.empty(), Optional.empty());

  private final String column;
  private final Optional<Set<String>> values;
  private final Optional<String> condition;

  private Slice(String column, Optional<Set<String>> values, Optional<String> condition) {
    this.column = column;
    this.values = values;
    this.condition = condition;
  }

  /** All rows of {@code table} with one of {@code values} in its first partition column. */
  public static Slice of(Table table, Collection<?> values) {
    Set<String> texts =
        values.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    return new Slice(table.partitions().get(0), Optional.of(texts), Optional.empty());
  }

  /**
   * All rows that meet {@code condition}.
   *
   * @param condition SQL predicate over the table's columns
   */
  public static Slice where(String condition) {
    return new Slice("", Optional.empty(), Optional.of(condition));
  }

  /** Those rows of this part that also meet {@code other}. */
  public Slice and(String other) {
    return new Slice(
        column, values, Optional.of(condition.map(own -> own + " AND " + other).orElse(other)));
  }

  /** The part as an SQL predicate. */
  public String sql() {
    return Stream.of(values.map(this::isOneOf), condition)
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" AND "));
  }

  private String isOneOf(Set<String> texts) {
    return texts.isEmpty()
        ? "false"
        : texts.stream().collect(Collectors.joining("', '", column + " IN ('", "')"));
  }

  /** Whether files with these values of the partition columns may have rows of the part. */
  boolean mayBeIn(Map<String, String> partition) {
    return values.isEmpty() || values.get().contains(partition.get(column));
  }

  /** What rows of those files must meet to be in the part; nothing if all of them are. */
  Optional<String> condition() {
    return condition;
  }
}
