package io.itinera.core.path;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.JourneyOutcome;
import io.itinera.core.table.Journeys;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks at what journeys do right before and right behind a step, and between it and another, apart
 * by how they ended.
 */
public final class LookAround {

  public static final String SIDE = "side";
  public static final String OUTCOME = "outcome";
  public static final String STEP = "step";
  public static final String TIMES_COUNT = "times_count";
  public static final String JOURNEYS_COUNT = "journeys_count";
  public static final String SHARE = "share";
  public static final String MEDIAN_SECONDS = "median_seconds";

  /** Stands where an open journey has not gone on yet. */
  public static final String SO_FAR = "(open)";

  /** Stands where nothing lies between two steps. */
  public static final String DIRECTLY = "(directly)";

  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String BETWEEN = "between";
  static final String REACHED = "reached";
  static final String NOT_REACHED = "not reached";

  private static final String JOURNEY = "journey";
  private static final String SECONDS = "seconds";
  private static final StructType SEEN =
      new StructType()
          .add(SIDE, DataTypes.StringType)
          .add(OUTCOME, DataTypes.StringType)
          .add(STEP, DataTypes.StringType)
          .add(JOURNEY, DataTypes.StringType)
          .add(SECONDS, DataTypes.LongType);

  private LookAround() {}

  /**
   * What is looked at.
   *
   * @param from a step
   * @param to another, which comes at any later time; empty where only {@code from} is looked at
   * @param occurrence which of the times that a journey has {@code from} count: 0 all, 1 the first,
   *     2 the second, −1 the last
   */
  public record Anchor(String from, String to, int occurrence) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** One step. */
    public static Anchor at(String step, int occurrence) {
      return new Anchor(step, "", occurrence);
    }

    private Optional<String> second() {
      return Optional.of(to).filter(step -> !step.isEmpty());
    }

    /** The places in {@code path} that count. */
    private List<Integer> places(List<String> path) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < path.size(); i++) {
        if (path.get(i).equals(from)) {
          places.add(i);
        }
      }
      if (occurrence == 0) {
        return places;
      }
      int which = occurrence > 0 ? occurrence - 1 : places.size() + occurrence;
      return which >= 0 && which < places.size() ? List.of(places.get(which)) : List.of();
    }
  }

  /**
   * What is around the step in the journeys of the window.
   *
   * <p>{@code before} and {@code after} have the step right before and right behind each time that
   * counts, or the start and the end. With a second step, {@code reached} has how often it came at
   * any later time and {@code not reached} how often not, {@code between} the steps that lay
   * between (each once a passage, however often it came). Journeys that converted, that were
   * abandoned, and that are open are told apart.
   *
   * @param journeys rows of {@link Journeys}; those that ended in the window count
   * @return side, outcome, step; how often and in how many journeys; the share (of the times that
   *     count, of {@code between} the times that reached), and the median time to or from the step,
   *     of {@code between} from the first of the two
   */
  public static Dataset<Row> around(
      Dataset<Row> journeys, LocalDate asOf, PathRules rules, Anchor anchor) {
    Column all =
        sum(when(col(SIDE).equalTo(BEFORE), col(TIMES_COUNT))).over(Window.partitionBy(OUTCOME));
    Column reached =
        sum(when(col(SIDE).equalTo(REACHED), col(TIMES_COUNT))).over(Window.partitionBy(OUTCOME));
    return journeys
        .where(rules.covers(col(Journeys.ENDED_ON), asOf))
        .where(array_contains(col(Journeys.PATH), anchor.from()))
        .select(
            col(Journeys.JOURNEY_ID),
            col(Journeys.OUTCOME),
            col(Journeys.PATH),
            transform(col(Journeys.PATH_AT), at -> unix_micros(at)))
        .mapPartitions(new Look(anchor), Encoders.row(SEEN))
        .groupBy(SIDE, OUTCOME, STEP)
        .agg(
            count(lit(1)).as(TIMES_COUNT),
            count_distinct(col(JOURNEY)).as(JOURNEYS_COUNT),
            percentile(col(SECONDS), lit(0.5)).as(MEDIAN_SECONDS))
        .select(
            col(SIDE),
            col(OUTCOME),
            col(STEP),
            col(TIMES_COUNT),
            col(JOURNEYS_COUNT),
            col(TIMES_COUNT)
                .divide(when(col(SIDE).equalTo(BETWEEN), reached).otherwise(all))
                .as(SHARE),
            col(MEDIAN_SECONDS));
  }

  private record Look(Anchor anchor) implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final long MICROS_OF_SECOND = 1_000_000;

    @Override
    public Iterator<Row> call(Iterator<Row> journeys) {
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(journeys, Spliterator.ORDERED), false)
          .flatMap(journey -> seen(journey).stream())
          .iterator();
    }

    private List<Row> seen(Row journey) {
      Journey it =
          new Journey(
              journey.getString(0), journey.getString(1), journey.getList(2), journey.getList(3));
      List<Row> rows = new ArrayList<>();
      for (int place : anchor.places(it.path())) {
        rows.add(
            place == 0
                ? it.row(BEFORE, CountTransitions.START, null)
                : it.row(BEFORE, place - 1, it.seconds(place - 1, place)));
        anchor
            .second()
            .ifPresentOrElse(to -> passage(it, place, to, rows), () -> rows.add(it.after(place)));
      }
      return rows;
    }

    private static void passage(Journey it, int from, String to, List<Row> rows) {
      int then = from + 1;
      while (then < it.path().size() && !it.path().get(then).equals(to)) {
        then++;
      }
      if (then == it.path().size()) {
        rows.add(it.row(NOT_REACHED, to, null));
        return;
      }
      rows.add(it.row(REACHED, to, it.seconds(from, then)));
      rows.add(it.after(then));
      if (then == from + 1) {
        rows.add(it.row(BETWEEN, DIRECTLY, null));
      }
      Map<String, Integer> firsts = new HashMap<>();
      for (int i = then - 1; i > from; i--) {
        firsts.put(it.path().get(i), i);
      }
      firsts.forEach((step, place) -> rows.add(it.row(BETWEEN, step, it.seconds(from, place))));
    }

    private record Journey(String id, String outcome, List<String> path, List<Long> micros) {
      private Row row(String side, String step, Long seconds) {
        return RowFactory.create(side, outcome, step, id, seconds);
      }

      private Row row(String side, int place, Long seconds) {
        return row(side, path.get(place), seconds);
      }

      private Row after(int place) {
        if (place + 1 < path.size()) {
          return row(AFTER, place + 1, seconds(place, place + 1));
        }
        String end =
            outcome.equals(JourneyOutcome.CONVERTED.text())
                ? CountTransitions.CONVERSION
                : outcome.equals(JourneyOutcome.ABANDONED.text()) ? CountTransitions.EXIT : SO_FAR;
        return row(AFTER, end, null);
      }

      private long seconds(int from, int to) {
        return Math.floorDiv(micros.get(to) - micros.get(from), MICROS_OF_SECOND);
      }
    }
  }
}
