package io.itinera.jobs.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that is another after many nights than after one.
 *
 * @param lacking rows that only one night from nothing gives
 * @param surplus rows that only the many nights gave
 */
record Difference(String table, List<String> lacking, List<String> surplus) {

  private static final int SHOWN = 4;
  private static final Pattern SEED = Pattern.compile("\\bw(\\d+)-");
  private static final Pattern CUSTOMER = Pattern.compile("\\b[0-9a-f]{32}\\b");

  static List<Difference> between(Map<String, List<String>> once, Map<String, List<String>> often) {
    List<Difference> differences = new ArrayList<>();
    once.forEach(
        (table, rows) -> {
          List<String> lacking = less(rows, often.get(table));
          List<String> surplus = less(often.get(table), rows);
          if (!lacking.isEmpty() || !surplus.isEmpty()) {
            differences.add(new Difference(table, lacking, surplus));
          }
        });
    return differences;
  }

  private static List<String> less(List<String> rows, List<String> others) {
    Map<String, Long> counts =
        others.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return rows.stream().filter(row -> counts.merge(row, -1L, Long::sum) < 0).toList();
  }

  /** Seeds of the worlds whose people the rows name, or whose customers. */
  TreeSet<Long> seeds(Map<String, Long> customers) {
    TreeSet<Long> seeds = new TreeSet<>();
    for (String row : Stream.concat(lacking.stream(), surplus.stream()).toList()) {
      SEED.matcher(row).results().forEach(match -> seeds.add(Long.valueOf(match.group(1))));
      CUSTOMER
          .matcher(row)
          .results()
          .map(match -> customers.get(match.group()))
          .filter(Objects::nonNull)
          .forEach(seeds::add);
    }
    return seeds;
  }

  @Override
  public String toString() {
    return "%s:%n%s%s".formatted(table, shown("lacks", lacking), shown("has too many", surplus));
  }

  private static String shown(String what, List<String> rows) {
    return rows.stream()
        .limit(SHOWN)
        .collect(
            Collectors.joining(
                "\n      ",
                "  %s %d%s".formatted(what, rows.size(), rows.isEmpty() ? "" : "\n      "),
                "\n"));
  }
}
