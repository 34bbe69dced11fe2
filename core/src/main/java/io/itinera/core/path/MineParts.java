package io.itinera.core.path;

import io.itinera.core.path.MinePatterns.Alike;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks for patterns among the distinct paths of a partition, part by part, so that no more of them
 * is in memory than two parts hold. Where a partition has so few journeys of an outcome that
 * anything would be frequent among them, it hands on their paths as they are.
 *
 * <p>The input is (outcome, path, number of journeys); the output {@link PatternTally#SCHEMA}: the
 * rows of one tally, and behind them paths, whose {@code missed} is null.
 *
 * @param mine what is frequent
 * @param limits how large parts are
 */
record MineParts(MinePatterns mine, Limits limits) implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  /**
   * How large parts are.
   *
   * @param partSteps steps of the paths of a part
   * @param leastToTell where fewer journeys would make a pattern frequent, paths are handed on
   */
  record Limits(long partSteps, long leastToTell) implements java.io.Serializable {
    static final Limits USUAL = new Limits(500_000, 20);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Waiting> outcomes = new ArrayList<>();
    FindFrequentPaths.OUTCOMES.forEach(outcome -> outcomes.add(new Waiting()));
    PatternTally tally = PatternTally.empty(mine.rules().mostSteps());
    while (rows.hasNext()) {
      Alike path = path(rows.next());
      Waiting waiting = outcomes.get(path.outcome());
      waiting.add(path);
      if (waiting.steps >= 2 * limits.partSteps()) {
        tally = tally.plus(mine.tally(waiting.take(limits.partSteps())));
      }
    }
    List<Row> told = new ArrayList<>();
    for (Waiting waiting : outcomes) {
      if (mine.rules().least(waiting.journeys) < limits.leastToTell()) {
        waiting.paths.forEach(path -> told.add(row(path)));
      } else {
        tally = tally.plus(mine.tally(waiting.paths));
      }
    }
    told.addAll(0, tally.rows());
    return told.iterator();
  }

  private static Alike path(Row row) {
    return new Alike(
        FindFrequentPaths.OUTCOMES.indexOf(row.getString(0)),
        List.copyOf(row.<String>getList(1)),
        row.getLong(2));
  }

  private static Row row(Alike path) {
    long[] journeys = new long[FindFrequentPaths.OUTCOMES.size()];
    journeys[path.outcome()] = path.journeys();
    return RowFactory.create(CollectionConverters.asScala(path.path()).toSeq(), journeys, null, 0);
  }

  /** Whether {@code row} is a path, and not of a tally. */
  static boolean isHandedOn(Row row) {
    return row.isNullAt(2);
  }

  /** The path that {@code row} hands on. */
  static Alike handedOn(Row row) {
    List<Long> journeys = row.getList(1);
    int outcome = 0;
    while (journeys.get(outcome) == 0) {
      outcome++;
    }
    return new Alike(outcome, List.copyOf(row.<String>getList(0)), journeys.get(outcome));
  }

  /** Paths of one outcome that are not looked at yet. */
  private static final class Waiting {
    private List<Alike> paths = new ArrayList<>();
    private long steps;
    private long journeys;

    private void add(Alike path) {
      paths.add(path);
      steps += path.path().size();
      journeys += path.journeys();
    }

    /** Takes the first ones, of so many steps or a few more. */
    private List<Alike> take(long wanted) {
      List<Alike> taken = paths;
      paths = new ArrayList<>();
      steps = 0;
      journeys = 0;
      long before = 0;
      int count = 0;
      while (before < wanted) {
        before += taken.get(count++).path().size();
      }
      taken.subList(count, taken.size()).forEach(this::add);
      return taken.subList(0, count);
    }
  }
}
