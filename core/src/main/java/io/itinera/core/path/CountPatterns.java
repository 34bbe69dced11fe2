package io.itinera.core.path;

import io.itinera.core.path.MinePatterns.Alike;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts how many journeys have each of some patterns, in one walk through each path: patterns that
 * begin alike are looked for together.
 *
 * <p>The input is (outcome, path), a row per journey; the output {@link #OUTPUT}, one row per
 * pattern and outcome.
 */
final class CountPatterns implements MapPartitionsFunction<Row, Row> {

  static final String PATTERN = "pattern_place";
  static final String OUTCOME = "outcome_place";
  static final String JOURNEYS = "journeys_alike";

  /** Place of the pattern, place of the outcome, how many journeys. */
  static final StructType OUTPUT =
      new StructType()
          .add(PATTERN, DataTypes.IntegerType)
          .add(OUTCOME, DataTypes.IntegerType)
          .add(JOURNEYS, DataTypes.LongType);

  private static final long serialVersionUID = 1L;

  /** A beginning of patterns. */
  private static final class Beginning implements Serializable {
    private static final long serialVersionUID = 1L;
    private final TreeMap<String, Beginning> longer = new TreeMap<>();
    private int pattern = -1;
  }

  private final Beginning root = new Beginning();
  private final int patterns;

  /**
   * Counts these patterns.
   *
   * @param patterns each once, none empty
   */
  CountPatterns(List<List<String>> patterns) {
    this.patterns = patterns.size();
    for (int i = 0; i < patterns.size(); i++) {
      Beginning at = root;
      for (String step : patterns.get(i)) {
        at = at.longer.computeIfAbsent(step, s -> new Beginning());
      }
      at.pattern = i;
    }
  }

  /** Journeys by pattern and outcome. */
  long[][] counts(Collection<Alike> paths) {
    long[][] counts = none();
    paths.forEach(path -> new Walk(path, counts).from(root, 0));
    return counts;
  }

  private long[][] none() {
    return new long[patterns][FindFrequentPaths.OUTCOMES.size()];
  }

  @Override
  public Iterator<Row> call(Iterator<Row> journeys) {
    long[][] counts = none();
    while (journeys.hasNext()) {
      Row journey = journeys.next();
      int outcome = FindFrequentPaths.OUTCOMES.indexOf(journey.getString(0));
      new Walk(new Alike(outcome, journey.getList(1), 1), counts).from(root, 0);
    }
    List<Row> rows = new ArrayList<>();
    for (int pattern = 0; pattern < patterns; pattern++) {
      for (int outcome = 0; outcome < counts[pattern].length; outcome++) {
        rows.add(RowFactory.create(pattern, outcome, counts[pattern][outcome]));
      }
    }
    return rows.iterator();
  }

  /** One path, and for each place and step where the step comes next. */
  private static final class Walk {
    private final Alike path;
    private final long[][] counts;
    private final Map<String, int[]> places = new HashMap<>();

    private Walk(Alike path, long[][] counts) {
      this.path = path;
      this.counts = counts;
    }

    private void from(Beginning beginning, int place) {
      if (beginning.pattern >= 0) {
        counts[beginning.pattern][path.outcome()] += path.journeys();
      }
      beginning.longer.forEach(
          (step, longer) -> {
            int next = next(step, place);
            if (next < path.path().size()) {
              from(longer, next + 1);
            }
          });
    }

    private int next(String step, int place) {
      return place < path.path().size()
          ? places.computeIfAbsent(step, this::nexts)[place]
          : path.path().size();
    }

    private int[] nexts(String step) {
      int[] nexts = new int[path.path().size()];
      int next = nexts.length;
      for (int i = nexts.length - 1; i >= 0; i--) {
        next = path.path().get(i).equals(step) ? i : next;
        nexts[i] = next;
      }
      return nexts;
    }
  }
}
