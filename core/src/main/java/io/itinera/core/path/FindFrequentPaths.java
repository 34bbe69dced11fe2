package io.itinera.core.path;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.path.MineParts.Limits;
import io.itinera.core.path.MinePatterns.Alike;
import io.itinera.core.path.PatternTally.Known;
import io.itinera.core.table.FrequentPaths;
import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds steps that many journeys have in that order, others between them or not.
 *
 * <p>Tasks look for patterns among the distinct paths that they hold, and tell of those that are
 * frequent there; where a task may have kept silent about one that counts, all journeys are read
 * once more and those are counted. Only patterns come together, never the paths of many journeys.
 */
public final class FindFrequentPaths {

  /** Those whose patterns are told. */
  static final List<String> OUTCOMES =
      List.of(JourneyOutcome.CONVERTED.text(), JourneyOutcome.ABANDONED.text());

  /** A part may find so many times as many patterns as are told of the whole. */
  private static final int LOCAL_PATTERNS = 10;

  private FindFrequentPaths() {}

  /**
   * The patterns of the journeys of the window that converted, and of those that were abandoned.
   *
   * <p>Where {@code rules} say that only closed patterns count, those go of which a longer one,
   * among those that are told, has the same support.
   *
   * @param journeys rows of {@link Journeys}
   * @return rows of {@link FrequentPaths}, sorted
   */
  public static List<Row> patterns(Dataset<Row> journeys, LocalDate asOf, PathRules rules) {
    return patterns(journeys, asOf, rules, Limits.USUAL);
  }

  static List<Row> patterns(Dataset<Row> journeys, LocalDate asOf, PathRules rules, Limits limits) {
    Dataset<Row> ended =
        journeys
            .where(rules.covers(col(Journeys.ENDED_ON), asOf))
            .where(col(Journeys.OUTCOME).isin(OUTCOMES.toArray()))
            .where(size(col(Journeys.PATH)).gt(0))
            .select(Journeys.OUTCOME, Journeys.PATH);
    MinePatterns mine =
        new MinePatterns(rules.patterns(), LOCAL_PATTERNS * rules.patterns().mostPatterns());
    PatternTally tally = told(ended, mine, limits);
    FrequentPatterns frequent = new FrequentPatterns(rules.patterns(), tally.journeys());
    Map<List<String>, long[]> counts = counts(ended, frequent.possible(tally));
    List<Row> rows = new ArrayList<>();
    for (int outcome = 0; outcome < OUTCOMES.size(); outcome++) {
      for (List<String> pattern : frequent.of(outcome, counts)) {
        rows.add(row(asOf, pattern, new Figure(outcome, counts.get(pattern), tally.journeys())));
      }
    }
    return rows;
  }

  /** What tasks tell of their parts, together with what the paths say that they hand on. */
  private static PatternTally told(Dataset<Row> ended, MinePatterns mine, Limits limits) {
    List<Row> rows =
        ended
            .groupBy(Journeys.OUTCOME, Journeys.PATH)
            .agg(count(lit(1)))
            .mapPartitions(new MineParts(mine, limits), Encoders.row(PatternTally.SCHEMA))
            .collectAsList();
    PatternTally tally = PatternTally.empty(mine.rules().mostSteps());
    List<Alike> handedOn = new ArrayList<>();
    List<Row> ofTally = new ArrayList<>();
    for (Row row : rows) {
      if (MineParts.isHandedOn(row)) {
        handedOn.add(MineParts.handedOn(row));
      } else {
        ofTally.add(row);
        if (PatternTally.isLast(row)) {
          tally = tally.plus(PatternTally.of(ofTally));
          ofTally.clear();
        }
      }
    }
    return tally.plus(mine.tally(handedOn, tally.patterns().keySet()));
  }

  /** Journeys by outcome; those of which parts kept silent are counted in one more job. */
  private static Map<List<String>, long[]> counts(
      Dataset<Row> ended, Map<List<String>, Known> possible) {
    Map<List<String>, long[]> counts = new HashMap<>();
    possible.forEach((pattern, known) -> counts.put(pattern, known.counted()));
    if (!possible.values().stream().allMatch(Known::isExact)) {
      List<List<String>> patterns = List.copyOf(possible.keySet());
      patterns.forEach(pattern -> counts.put(pattern, new long[OUTCOMES.size()]));
      ended
          .mapPartitions(new CountPatterns(patterns), Encoders.row(CountPatterns.OUTPUT))
          .groupBy(CountPatterns.PATTERN, CountPatterns.OUTCOME)
          .agg(sum(CountPatterns.JOURNEYS))
          .collectAsList()
          .forEach(row -> counts.get(patterns.get(row.getInt(0)))[row.getInt(1)] = row.getLong(2));
    }
    return counts;
  }

  private static Row row(LocalDate asOf, List<String> pattern, Figure figure) {
    return RowFactory.create(
        Date.valueOf(asOf),
        OUTCOMES.get(figure.outcome),
        CollectionConverters.asScala(pattern).toSeq(),
        String.join(" > ", pattern),
        figure.count,
        figure.support(),
        figure.support() / figure.supportOfAll);
  }

  /** How many journeys of an outcome have a pattern, and which share of all. */
  private static final class Figure {
    private final int outcome;
    private final long count;
    private final long journeys;
    private final double supportOfAll;

    private Figure(int outcome, long[] counts, long... journeys) {
      this.outcome = outcome;
      this.count = counts[outcome];
      this.journeys = journeys[outcome];
      this.supportOfAll = (double) Arrays.stream(counts).sum() / Arrays.stream(journeys).sum();
    }

    private double support() {
      return (double) count / journeys;
    }
  }
}
