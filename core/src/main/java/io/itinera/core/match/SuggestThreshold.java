package io.itinera.core.match;

import io.itinera.core.match.GroupRecords.Groups;

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

  /** Suggests, by groups that were made of all edges from {@link #LOWEST} on. */
  public static SuggestThreshold of(Groups groups, MatchRules.GroupRules rules) {
    double right = 0;
    for (int i = 0; i < groups.joins().length; i++) {
      right += groups.joins()[i] * probability(groups, i);
    }
    double all = right;
    SuggestThreshold best = new SuggestThreshold(HIGHEST, 1, 0);
    double bestScore = -1;
    right = 0;
    double joined = 0;
    for (int i = 0; i < groups.joins().length; i++) {
      double probability = probability(groups, i);
      right += groups.joins()[i] * probability;
      joined += groups.joins()[i];
      boolean isLast = i + 1 == groups.joins().length || probability(groups, i + 1) < probability;
      if (groups.joins()[i] == 0 || !isLast) {
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

  private static double probability(Groups groups, int edge) {
    return ScorePairs.probability(groups.edges().get(edge).weight());
  }
}
