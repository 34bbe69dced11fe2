package io.itinera.core.experience;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.experience.ExperienceRules.Stage;
import io.itinera.core.experience.Moment.Place;
import io.itinera.core.rule.Conversions;
import io.itinera.core.rule.OrderLines;
import io.itinera.core.spark.LetterCase;
import io.itinera.core.spark.PackRows;
import io.itinera.core.spark.PackRows.Order;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Draws the journey map of a night, by one Spark job. */
public final class DrawMap {

  private static final int MONEY_SCALE = 4;
  private static final String NONE = "(none)";

  private DrawMap() {}

  /**
   * The night.
   *
   * @param asOf its last full day
   * @param end first instant after it
   */
  public record Until(LocalDate asOf, Instant end) {}

  /**
   * One row per stage, type and channel of touchpoints.
   *
   * @param touchpoints rows of {@link OwnedTouchpoints}; sessions may be missing
   * @param goals type, channel, goal, name of the measure, its value and target
   * @return rows of {@link JourneyMap}, sorted
   */
  public static List<Row> map(
      Dataset<Row> touchpoints, List<Row> goals, Until until, ExperienceRules rules) {
    long end = ChronoUnit.MICROS.between(Instant.EPOCH, until.end());
    List<Row> told =
        PackRows.walked(
                moments(touchpoints, rules),
                new TallyMoments(rules.horizon(), rules.contactChannels(), end),
                TallyMoments.SCHEMA)
            // What customers ask are so many texts that only those of most may leave the tasks.
            .repartition(col(TallyMoments.STAGE), col(TallyMoments.TYPE), col(TallyMoments.CHANNEL))
            .mapPartitions(new TallyMoments.Together(), Encoders.row(TallyMoments.SCHEMA))
            .collectAsList();
    Map<Place, PlaceSums> places = TallyMoments.summed(told.iterator());
    Map<String, double[]> stages = rates(places);
    Map<List<String>, Row> byPlace = new TreeMap<>(Comparator.comparing(List::toString));
    goals.forEach(goal -> byPlace.put(List.of(goal.getString(0), goal.getString(1)), goal));
    List<Row> rows = new ArrayList<>();
    places.forEach(
        (place, sums) ->
            rows.add(
                row(
                    until.asOf(),
                    new Drawn(place, sums, byPlace.get(List.of(place.type(), place.channel()))),
                    stages.get(place.stage()))));
    return rows;
  }

  private static Dataset<Row> moments(Dataset<Row> touchpoints, ExperienceRules rules) {
    Column stage = lit(null).cast("string");
    for (int i = rules.stages().size() - 1; i >= 0; i--) {
      Stage rule = rules.stages().get(i);
      stage = when(holds(rule.when()), rule.label()).otherwise(stage);
    }
    Column[] pains =
        rules.pains().entrySet().stream()
            .map(pain -> when(holds(pain.getValue()), pain.getKey()))
            .toArray(Column[]::new);
    Column channel = coalesce(col(Touchpoints.CHANNEL), lit(NONE));
    // Of other channels nobody asks what is one contact.
    Column conversation =
        when(
            channel
                .isin(rules.contactChannels().stream().sorted().toArray())
                .and(col(Touchpoints.SOURCE_SESSION).isNotNull()),
            concat_ws("\u0000", col(Touchpoints.SOURCE_SESSION), col(Touchpoints.SOURCE), channel));
    return PackRows.of(
        touchpoints,
        Order.ofTouchpoints(0),
        new Column[] {
          coalesce(stage, col(Touchpoints.STAGE), lit(NONE)).as(TallyMoments.STAGE),
          coalesce(col(Touchpoints.TYPE), lit(NONE)).as(TallyMoments.TYPE),
          channel.as(TallyMoments.CHANNEL),
          col(Touchpoints.LOCATION).as(TallyMoments.LOCATION),
          coalesce(Conversions.isOne(rules.conversionTypes()), lit(false))
              .as(TallyMoments.CONVERSION),
          array(pains).cast("array<string>").as(TallyMoments.PAINS),
          holds(rules.fails()).as(TallyMoments.FAILS)
        },
        new Column[] {
          col(Touchpoints.DURATION_SECONDS).as(TallyMoments.SECONDS),
          col(Touchpoints.VALUE).as(TallyMoments.VALUE),
          col(Touchpoints.COST).as(TallyMoments.COST),
          col(Touchpoints.RATING).as(TallyMoments.RATING),
          expr(rules.sentiment()).cast("double").as(TallyMoments.SENTIMENT),
          nullif(LetterCase.lower(trim(expr(rules.question()).cast("string"))), lit(""))
              .as(TallyMoments.QUESTION),
          conversation.as(TallyMoments.CONVERSATION),
          OrderLines.line()
        });
  }

  private static Column holds(String predicate) {
    return coalesce(expr(predicate).cast("boolean"), lit(false));
  }

  /** By stage, how many touchpoints have decided, and how many of them a conversion follows. */
  private static Map<String, double[]> rates(Map<Place, PlaceSums> places) {
    Map<String, double[]> stages = new TreeMap<>();
    places.forEach(
        (place, sums) -> {
          double[] rate = stages.computeIfAbsent(place.stage(), stage -> new double[2]);
          rate[0] += sums.decided;
          rate[1] += sums.converted;
        });
    return stages;
  }

  /** A place with what was counted there and what it is for. */
  private record Drawn(Place place, PlaceSums sums, Row goal) {

    private Object ofGoal(int column) {
      return goal == null ? null : goal.get(column);
    }

    private String next() {
      return sums.nexts.entrySet().stream()
          .max(
              Map.Entry.<String, Long>comparingByValue()
                  .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
          .orElseThrow()
          .getKey();
    }

    private Map<String, Double> painParts() {
      Map<String, Double> parts = new TreeMap<>();
      sums.pains.forEach((pain, count) -> parts.put(pain, (double) count / sums.hurtable));
      return parts;
    }

    private Map<String, Double> nextOdds() {
      Map<String, Double> odds = new TreeMap<>();
      sums.nexts.forEach((next, count) -> odds.put(next, (double) count / sums.touchpoints));
      return odds;
    }
  }

  private static Double share(double part, double whole) {
    return whole == 0 ? null : Double.valueOf(part / whole);
  }

  private static Row row(LocalDate asOf, Drawn drawn, double... stage) {
    PlaceSums sums = drawn.sums();
    Double converts = share((double) sums.converted, (double) sums.decided);
    Double ofStage = share(stage[1], stage[0]);
    double[] effect = PlaceSums.effect(sums.strata);
    double[] silence = PlaceSums.effect(sums.silences);
    return RowFactory.create(
        Date.valueOf(asOf),
        drawn.place().stage(),
        drawn.place().type(),
        drawn.place().channel(),
        sums.customers,
        sums.touchpoints,
        sums.medianSeconds(),
        drawn.next(),
        drawn.nextOdds(),
        share((double) sums.left, (double) sums.followed),
        converts,
        converts == null || ofStage == null ? null : (Double) (converts - ofStage),
        sums.costs == 0 ? null : money(sums.cost),
        money(sums.atStake),
        mean(sums.ratingSum, sums.ratings),
        sums.ratings,
        mean(sums.sentimentSum, sums.sentiments),
        sums.sentiments,
        drawn.ofGoal(2),
        drawn.ofGoal(3),
        drawn.ofGoal(4),
        drawn.ofGoal(5),
        CollectionConverters.asScala(sums.questions()).toSeq(),
        100.0 * sums.painful / sums.hurtable,
        drawn.painParts(),
        part(effect, 0),
        part(effect, 1),
        part(effect, 2),
        effect == null ? null : (Long) (long) effect[3],
        part(silence, 0),
        part(silence, 1),
        part(silence, 2),
        silence == null ? null : (Long) (long) silence[3],
        sums.hurtable);
  }

  private static Double part(double[] effect, int place) {
    return effect == null ? null : (Double) effect[place];
  }

  private static Double mean(long tenThousandths, long count) {
    return count == 0 ? null : (Double) (tenThousandths / 10_000.0 / count);
  }

  private static BigDecimal money(long units) {
    return BigDecimal.valueOf(units, MONEY_SCALE);
  }
}
