package io.itinera.core.match;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import io.itinera.core.match.GroupRecords.Groups;
import io.itinera.core.table.ProfileMatches;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The probability from which on two records should be taken for one person's, said without knowing
 * who is who.
 *
 * <p>Looked for in the groups that pairs would make, not in the pairs: an edge that joins two
 * groups makes all pairs across them one person's, and is as wrong as many times. Of all thresholds
 * at which the share of right pairs, as the model sees it, is at least what the rules ask for, it
 * is the one at which the harmonic mean of that share and of the share of pairs found is largest.
 *
 * @param threshold the probability
 * @param precision expected share of the pairs in groups that are one person's
 * @param recall expected share of one person's pairs within reach that are in groups
 */
public record SuggestThreshold(double threshold, double precision, double recall) {

  /** Nothing below is looked at. */
  public static final double LOWEST = 0.1;

  private static final double HIGHEST = 0.99;

  /** So many steps a bit, where weights are taken together. */
  private static final double STEPS_PER_BIT = 256;

  /** What is added as a whole number, so that its order does not count. */
  private static final double PARTS = 1e9;

  /**
   * Pairs that edges of one weight, or nearly, made one person's.
   *
   * @param probability the smallest of them
   * @param pairs how many pairs
   * @param right how many of them are one person's, as the model sees it
   */
  record Step(double probability, double pairs, double right) {}

  /** Suggests, by groups that were made of all edges from {@link #LOWEST} on. */
  public static SuggestThreshold of(Groups groups, MatchRules.GroupRules rules) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < groups.joins().length; i++) {
      double probability = ScorePairs.probability(groups.edges().get(i).weight());
      long pairs = groups.joins()[i];
      if (pairs > 0) {
        steps.add(new Step(probability, pairs, pairs * probability));
      }
    }
    return of(steps, rules);
  }

  /**
   * Suggests, by what groups were made of.
   *
   * @param grouped rows of {@link GroupMatches}, of all matches from {@link #LOWEST} on
   */
  public static SuggestThreshold of(Dataset<Row> grouped, MatchRules.GroupRules rules) {
    Column weight = col(ProfileMatches.WEIGHT);
    Column joins = col(GroupMatches.JOINS);
    Column isSame = lit(1).divide(lit(1).plus(pow(lit(2.0), negate(weight))));
    return of(
        grouped
            .where(joins.gt(0))
            .groupBy(floor(weight.multiply(STEPS_PER_BIT)).as("step"))
            .agg(
                min(weight).as("least"),
                sum(joins).as("joins"),
                sum(round(joins.multiply(isSame).multiply(PARTS)).cast("long")).as("parts"))
            .sort(col("step").desc())
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Step(
                        ScorePairs.probability(row.getDouble(1)),
                        row.getLong(2),
                        row.getLong(3) / PARTS))
            .toList(),
        rules);
  }

  /** By steps, the surest first. */
  private static SuggestThreshold of(List<Step> steps, MatchRules.GroupRules rules) {
    double all = steps.stream().mapToDouble(Step::right).sum();
    SuggestThreshold best = new SuggestThreshold(HIGHEST, 1, 0);
    double bestScore = -1;
    double right = 0;
    double joined = 0;
    for (int i = 0; i < steps.size(); i++) {
      double probability = steps.get(i).probability();
      right += steps.get(i).right();
      joined += steps.get(i).pairs();
      if (i + 1 < steps.size() && steps.get(i + 1).probability() == probability) {
        continue;
      }
      double precision = right / joined;
      double score = 2 * right / (joined + all);
      if (score > bestScore && (precision >= rules.precision() || bestScore < 0)) {
        best = new SuggestThreshold(Math.min(HIGHEST, probability), precision, right / all);
        bestScore = score;
      }
    }
    return best;
  }
}
