package io.itinera.jobs.prompt;

import io.itinera.core.table.Table;
import io.itinera.jobs.lake.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a word of a query may become: the tables, views and columns that there are, and SQL's words.
 */
final class Names {

  private static final Pattern NO_WORD = Pattern.compile("[^A-Za-z0-9_]+");

  /** After these a table is named. */
  private static final Set<String> BEFORE_TABLES =
      Set.of("from", "join", "describe", "desc", "table", "in");

  private static final List<String> SQL =
      List.of(
          "SELECT",
          "FROM",
          "WHERE",
          "GROUP BY",
          "ORDER BY",
          "HAVING",
          "LIMIT",
          "JOIN",
          "LEFT JOIN",
          "ON",
          "USING",
          "WITH",
          "AS",
          "AND",
          "OR",
          "NOT",
          "IN",
          "IS NULL",
          "IS NOT NULL",
          "LIKE",
          "BETWEEN",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "DISTINCT",
          "UNION ALL",
          "DESC",
          "ASC",
          "OVER",
          "PARTITION BY",
          "count(",
          "sum(",
          "avg(",
          "min(",
          "max(",
          "median(",
          "round(",
          "date_trunc(",
          "datediff(",
          "explode(",
          "array_contains(",
          "coalesce(",
          "DESCRIBE",
          "SHOW TABLES",
          "EXPLAIN");

  private final Map<String, List<String>> columns = new TreeMap<>();

  /** Of {@code tables} and {@code views}. */
  Names(List<Table> tables, List<View> views) {
    for (Table table : tables) {
      columns.put(table.name(), List.of(table.schema().fieldNames()));
    }
    for (View view : views) {
      columns.put(view.name(), List.of(view.columns().schema().fieldNames()));
    }
  }

  /** All tables and views, sorted. */
  Set<String> tables() {
    return columns.keySet();
  }

  /** The columns of the table or view {@code name}; none if there is no such one. */
  List<String> columns(String name) {
    return columns.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * What {@code word} may become.
   *
   * @param query all that was typed
   * @param before what stands before the word
   * @return first the columns of the tables that the query names, sorted, then SQL's words; where a
   *     table must follow, the tables and views alone
   */
  List<String> completions(String query, String before, String word) {
    String beginning = word.toLowerCase(Locale.ROOT);
    String last =
        NO_WORD
            .splitAsStream(before.strip().toLowerCase(Locale.ROOT))
            .reduce("", (earlier, later) -> later);
    boolean isTable = BEFORE_TABLES.contains(last) && !before.endsWith(".");
    Stream<String> candidates =
        isTable
            ? columns.keySet().stream()
            : Stream.of(columnsIn(query).stream(), columns.keySet().stream(), SQL.stream())
                .flatMap(each -> each);
    return candidates
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(beginning))
        .distinct()
        .toList();
  }

  private Set<String> columnsIn(String query) {
    List<String> mentioned = new ArrayList<>();
    NO_WORD.splitAsStream(query).map(this::columns).forEach(mentioned::addAll);
    return new TreeSet<>(mentioned);
  }
}
