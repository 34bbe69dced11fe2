package io.itinera.core.rfm;

import static io.itinera.core.table.ColumnTypes.MONEY;
import static io.itinera.core.table.RfmScores.FREQUENCY;
import static io.itinera.core.table.RfmScores.F_SCORE;
import static io.itinera.core.table.RfmScores.MONETARY;
import static io.itinera.core.table.RfmScores.M_SCORE;
import static io.itinera.core.table.RfmScores.RECENCY_DAYS;
import static io.itinera.core.table.RfmScores.R_SCORE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The smallest values that reach a score.
 *
 * <p>Only distinct values are sorted, each measure's in one task; customers are never shuffled for
 * it. All arithmetic is exact, so the borders are the same at any partitioning.
 */
final class RfmBorders {

  /** Prefix of the columns that hold a measure's borders, followed by its score's name. */
  static final String BORDERS = "borders_of_";

  /** Smallest monetary value of a vip; null where nobody is one. */
  static final String VIP = "vip_border";

  private static final String MEASURE = "measure";
  private static final String VALUE = "value";
  private static final String HOLDERS = "holders";
  private static final String UP_TO = "up_to";
  private static final String ALL = "all_holders";
  private static final int SCORES = 5;

  private RfmBorders() {}

  /** Recency turned round, so that more is better as in the other measures. */
  static Column freshness() {
    return negate(col(RECENCY_DAYS));
  }

  /**
   * One row: per measure an array of the borders of scores 2, 3, 4, 5, and the vip border.
   *
   * @param totals one row per scored customer: recency_days, frequency, monetary
   */
  static Dataset<Row> borders(Dataset<Row> totals, RfmRules rules) {
    List<Column> borders = new ArrayList<>();
    for (String score : List.of(R_SCORE, F_SCORE, M_SCORE)) {
      borders.add(
          (rules.scoring() == RfmRules.Scoring.THRESHOLDS ? fixed(score, rules) : quintiles(score))
              .as(BORDERS + score));
    }
    Dataset<Row> distribution = distribution(totals);
    return distribution.agg(vip(rules).as(VIP), borders.toArray(Column[]::new));
  }

  /** Per measure and distinct value: who holds it, how many hold no more, how many there are. */
  private static Dataset<Row> distribution(Dataset<Row> totals) {
    Column measures =
        array(
            measured(R_SCORE, freshness()),
            measured(F_SCORE, col(FREQUENCY)),
            measured(M_SCORE, col(MONETARY)));
    WindowSpec measure = Window.partitionBy(MEASURE);
    WindowSpec upToHere =
        measure.orderBy(VALUE).rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    return totals
        .select(explode(measures).as("m"))
        .groupBy(col("m." + MEASURE).as(MEASURE), col("m." + VALUE).as(VALUE))
        .agg(count(lit(1)).as(HOLDERS))
        .select(
            col(MEASURE),
            col(VALUE),
            col(HOLDERS),
            sum(HOLDERS).over(upToHere).as(UP_TO),
            sum(HOLDERS).over(measure).as(ALL));
  }

  private static Column measured(String score, Column value) {
    return struct(lit(score).as(MEASURE), value.cast(MONEY).as(VALUE));
  }

  private static Column quintiles(String score) {
    Column worse = col(UP_TO).minus(col(HOLDERS));
    List<Column> borders = new ArrayList<>();
    for (int step = 1; step < SCORES; step++) {
      Column reached = worse.multiply(SCORES).geq(col(ALL).multiply(step));
      borders.add(min(when(col(MEASURE).equalTo(score).and(reached), col(VALUE))));
    }
    return array(borders.toArray(Column[]::new));
  }

  private static Column fixed(String score, RfmRules rules) {
    List<Double> bounds =
        switch (score) {
          case R_SCORE -> rules.recencyBounds().stream().map(days -> -days).toList();
          case F_SCORE -> rules.frequencyBounds();
          default -> rules.monetaryBounds();
        };
    return array(
        bounds.stream()
            .map(bound -> lit(BigDecimal.valueOf(bound)).cast(MONEY))
            .toArray(Column[]::new));
  }

  private static Column vip(RfmRules rules) {
    Column better = col(ALL).minus(col(UP_TO));
    Column share = lit(BigDecimal.valueOf(rules.classes().vipShare()));
    Column isVip = better.lt(col(ALL).multiply(share));
    return min(when(col(MEASURE).equalTo(M_SCORE).and(isVip), col(VALUE)));
  }
}
