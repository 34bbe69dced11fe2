package io.itinera.jobs.preview;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.map.Candidates;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many records become what: a record may become a touchpoint and a profile at once.
 *
 * @param all how many records there are
 * @param kinds {@link #KINDS} to how many records become one
 * @param rejected how many become none of them
 * @param named channels, types and reasons to reject a record, each to how many have it
 */
record RecordCounts(
    long all, Map<String, Long> kinds, long rejected, Map<String, Map<String, Long>> named) {

  static final List<String> KINDS =
      List.of(Candidates.TOUCHPOINT, Candidates.PROFILE, Candidates.COST, Candidates.TOMBSTONE);

  private static final String RECORDS = "records";
  private static final String REJECTED = "rejected";

  /** What names the rows of {@link #named}. */
  private static final Map<String, Column> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("channels", col(Candidates.TOUCHPOINT + "." + Touchpoints.CHANNEL));
    NAMES.put("types", col(Candidates.TOUCHPOINT + "." + Touchpoints.TYPE));
    NAMES.put(REJECTED, col(Candidates.REASON));
  }

  /**
   * Counts in one pass.
   *
   * @param candidates rows of {@link Candidates}
   */
  static RecordCounts of(Dataset<Row> candidates) {
    List<Column> groups = new ArrayList<>();
    KINDS.forEach(kind -> groups.add(col(kind).isNotNull().as(kind)));
    NAMES.forEach((title, name) -> groups.add(name.as(title)));
    List<Row> rows =
        candidates
            .groupBy(groups.toArray(Column[]::new))
            .agg(count(lit(1)).as(RECORDS))
            .collectAsList();
    Map<String, Long> kinds = new LinkedHashMap<>();
    for (String kind : KINDS) {
      kinds.put(kind, sum(rows.stream().filter(row -> row.<Boolean>getAs(kind))));
    }
    Map<String, Map<String, Long>> named = new LinkedHashMap<>();
    for (String title : NAMES.keySet()) {
      named.put(
          title,
          rows.stream()
              .filter(row -> row.getAs(title) != null)
              .collect(
                  toMap(row -> row.getAs(title), RecordCounts::records, Long::sum, TreeMap::new)));
    }
    long rejected = sum(rows.stream().filter(row -> row.getAs(REJECTED) != null));
    return new RecordCounts(sum(rows.stream()), kinds, rejected, named);
  }

  private static long sum(Stream<Row> rows) {
    return rows.mapToLong(RecordCounts::records).sum();
  }

  private static long records(Row row) {
    return row.getAs(RECORDS);
  }

  /** As text for a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "records %d: touchpoints %d, profiles %d, costs %d, withdrawals %d, rejected %d"
            .formatted(
                all,
                kinds.get(Candidates.TOUCHPOINT),
                kinds.get(Candidates.PROFILE),
                kinds.get(Candidates.COST),
                kinds.get(Candidates.TOMBSTONE),
                rejected));
    named.forEach((title, counted) -> addTo(lines, title, counted));
    return lines;
  }

  /** Adds a line that tells how many records have which name, if any has one. */
  static void addTo(List<String> lines, String title, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      lines.add(
          counts.entrySet().stream()
              .map(entry -> entry.getKey() + " " + entry.getValue())
              .collect(joining(", ", "  " + title + ": ", "")));
    }
  }
}
