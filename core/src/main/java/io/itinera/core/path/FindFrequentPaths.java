package io.itinera.core.path;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import io.itinera.core.path.PrefixSpan.Pattern;
import io.itinera.core.path.PrefixSpan.Sequence;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Finds steps that many journeys have in that order, others between them or not. */
public final class FindFrequentPaths {

  private static final String COUNT = "journeys_alike";
  private static final List<JourneyOutcome> OUTCOMES =
      List.of(JourneyOutcome.CONVERTED, JourneyOutcome.ABANDONED);

  private FindFrequentPaths() {}

  /**
   * The patterns of the journeys of the window that converted, and of those that were abandoned.
   * One Spark job counts the distinct paths; patterns are grown of these.
   *
   * @param journeys rows of {@link Journeys}
   * @return rows of {@link FrequentPaths}, sorted
   */
  public static List<Row> patterns(Dataset<Row> journeys, LocalDate asOf, PathRules rules) {
    List<Row> paths =
        journeys
            .where(rules.covers(col(Journeys.ENDED_ON), asOf))
            .where(
                col(Journeys.OUTCOME).isin(OUTCOMES.stream().map(JourneyOutcome::text).toArray()))
            .where(size(col(Journeys.PATH)).gt(0))
            .groupBy(Journeys.OUTCOME, Journeys.PATH)
            .agg(count(lit(1)).as(COUNT))
            .collectAsList();
    TreeSet<String> names = new TreeSet<>();
    paths.forEach(path -> names.addAll(path.getList(1)));
    List<String> steps = List.copyOf(names);
    List<Sequence> all =
        sequences(paths, OUTCOMES.stream().map(JourneyOutcome::text).toList(), steps);
    List<Row> rows = new ArrayList<>();
    for (JourneyOutcome outcome : OUTCOMES) {
      List<Sequence> theirs = sequences(paths, List.of(outcome.text()), steps);
      for (Pattern pattern : found(theirs, rules)) {
        rows.add(row(new Figure(asOf, outcome, pattern, steps), weight(theirs), all));
      }
    }
    return rows;
  }

  private static List<Sequence> sequences(
      List<Row> paths, Collection<String> outcomes, List<String> steps) {
    return paths.stream()
        .filter(path -> outcomes.contains(path.getString(0)))
        .map(
            path ->
                new Sequence(
                    path.<String>getList(1).stream()
                        .map(step -> List.of(Collections.binarySearch(steps, step)))
                        .toList(),
                    path.getLong(2)))
        .toList();
  }

  private static List<Pattern> found(List<Sequence> sequences, PathRules rules) {
    long least = (long) Math.ceil(rules.patterns().leastSupport() * weight(sequences));
    List<Pattern> found =
        new PrefixSpan(Math.max(1, least), rules.patterns().mostSteps()).patterns(sequences);
    return rules.patterns().onlyClosed() ? PrefixSpan.closed(found) : found;
  }

  private static long weight(List<Sequence> sequences) {
    return sequences.stream().mapToLong(Sequence::weight).sum();
  }

  /** What a row is about. */
  private record Figure(
      LocalDate asOf, JourneyOutcome outcome, Pattern pattern, List<String> steps) {
    private List<String> names() {
      return pattern.elements().stream().map(element -> steps.get(element.get(0))).toList();
    }
  }

  private static Row row(Figure figure, long theirs, List<Sequence> all) {
    double support = (double) figure.pattern().support() / theirs;
    long everywhere =
        all.stream()
            .filter(sequence -> sequence.has(figure.pattern().elements()))
            .mapToLong(Sequence::weight)
            .sum();
    List<String> names = figure.names();
    return RowFactory.create(
        Date.valueOf(figure.asOf()),
        figure.outcome().text(),
        CollectionConverters.asScala(names).toSeq(),
        String.join(" > ", names),
        figure.pattern().support(),
        support,
        support / ((double) everywhere / weight(all)));
  }
}
