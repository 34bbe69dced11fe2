package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Tries every number of groups that the rules allow, on customers in memory. */
final class ChooseSize {

  /** So little more is no reason to tell one more group apart. */
  private static final double NEARLY = 0.04;

  private ChooseSize() {}

  /**
   * The best try.
   *
   * @param fit its groups
   * @param size how many were asked for; more than there are where fewer customers differ
   * @param criteria criterion and size, as {@code silhouette/5}, to what it said of that size
   * @param reason why that many, in a sentence
   */
  record Choice(Fit fit, int size, SortedMap<String, Double> criteria, String reason) {}

  /**
   * The fewest groups whose silhouette is within {@value #NEARLY} of the best, of those numbers of
   * groups that are stable and have no tiny group; if none is stable, of those without a tiny one;
   * else of all.
   */
  static Choice of(List<double[]> scaled, PersonaRules rules) {
    int largest = Math.max(2, Math.min(rules.most(), different(scaled)));
    int fewest = Math.min(rules.fewest(), largest);
    double before =
        inertia(scaled, rules.grouping().fit(scaled, fewest - 1, rules.seed()).centers());
    List<SizeTry> tries = new ArrayList<>();
    for (int size = fewest; size <= largest; size++) {
      SizeTry made = SizeTry.of(scaled, size, before, rules);
      tries.add(made);
      before = made.inertia();
    }
    List<SizeTry> candidates = candidates(tries, rules.grouping());
    double most = candidates.stream().mapToDouble(SizeTry::silhouette).max().orElseThrow();
    SizeTry best =
        candidates.stream()
            .filter(each -> each.silhouette() >= most - NEARLY)
            .findFirst()
            .orElseThrow();
    SortedMap<String, Double> criteria = new TreeMap<>();
    tries.forEach(each -> criteria.putAll(each.criteria()));
    boolean isConfigured = rules.fewest() == rules.most();
    String reason =
        isConfigured
            ? rules.use().units().words().say(Phrase.SIZE_CONFIGURED, best.size())
            : best.reason(candidates, tries, rules);
    return new Choice(best.fit(), best.size(), criteria, reason);
  }

  private static List<SizeTry> candidates(List<SizeTry> tries, Grouping rules) {
    Predicate<SizeTry> isOfLarge = each -> each.smallestShare() >= rules.smallestShare();
    Predicate<SizeTry> isStable = each -> each.stability() >= rules.leastStability();
    List<SizeTry> both = tries.stream().filter(isOfLarge.and(isStable)).toList();
    List<SizeTry> ofLarge = tries.stream().filter(isOfLarge).toList();
    return !both.isEmpty() ? both : !ofLarge.isEmpty() ? ofLarge : tries;
  }

  /** The sum of squared distances to the nearest centre. */
  static double inertia(List<double[]> points, List<double[]> centers) {
    int[] groups = FindCenters.groups(points, centers);
    double sum = 0;
    for (int i = 0; i < groups.length; i++) {
      sum += FindCenters.squaredDistance(points.get(i), centers.get(groups[i]));
    }
    return sum;
  }

  private static int different(List<double[]> points) {
    return (int)
        points.stream().map(point -> Arrays.stream(point).boxed().toList()).distinct().count();
  }
}
