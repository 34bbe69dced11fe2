package io.itinera.core.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Tries every number of groups that the rules allow, on customers in memory. */
final class ChooseSize {

  /** So little more is no reason to tell one more group apart. */
  private static final double NEARLY = 0.04;

  private final List<double[]> scaled;
  private final PersonaRules rules;
  private final Optional<List<double[]>> before;

  /**
   * For these customers.
   *
   * @param scaled their features
   * @param before centres of the groups that the training before put them in, if it was by the same
   *     rules
   */
  ChooseSize(List<double[]> scaled, PersonaRules rules, Optional<List<double[]>> before) {
    this.scaled = scaled;
    this.rules = rules;
    this.before = before;
  }

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
   * else of all. As many as before, if that is one of these and the silhouette not worse by more
   * than {@link Grouping#leastGain()}.
   */
  Choice choice() {
    List<SizeTry> tries = tries();
    List<SizeTry> candidates = candidates(tries, rules.grouping());
    double most = candidates.stream().mapToDouble(SizeTry::silhouette).max().orElseThrow();
    SizeTry recommended =
        candidates.stream()
            .filter(each -> each.silhouette() >= most - NEARLY)
            .findFirst()
            .orElseThrow();
    Optional<SizeTry> known =
        candidates.stream().filter(each -> each.size() == sizeBefore()).findFirst();
    SizeTry taken =
        known
            .filter(
                each ->
                    recommended.silhouette() - each.silhouette() <= rules.grouping().leastGain())
            .orElse(recommended);
    SortedMap<String, Double> criteria = new TreeMap<>();
    tries.forEach(each -> criteria.putAll(each.criteria()));
    boolean isConfigured = rules.fewest() == rules.most();
    String reason =
        isConfigured
            ? words().say(Phrase.SIZE_CONFIGURED, taken.size())
            : taken.reason(candidates, tries, rules);
    if (!isConfigured && !taken.equals(recommended)) {
      reason = taken.kept(recommended, rules);
    } else if (!isConfigured && known.isPresent() && !known.get().equals(taken)) {
      reason = taken.instead(known.get(), reason, rules);
    }
    return new Choice(taken.fit(), taken.size(), criteria, reason);
  }

  private PersonaWords words() {
    return rules.use().units().words();
  }

  private List<SizeTry> tries() {
    int largest = Math.max(2, Math.min(rules.most(), different(scaled)));
    int fewest = Math.min(rules.fewest(), largest);
    double inertia =
        inertia(scaled, rules.grouping().fit(scaled, fewest - 1, rules.seed()).centers());
    List<SizeTry> tries = new ArrayList<>();
    for (int size = fewest; size <= largest; size++) {
      SizeTry made = tried(size, inertia);
      tries.add(made);
      inertia = made.inertia();
    }
    return tries;
  }

  private SizeTry tried(int size, double inertiaOfOneFewer) {
    Fit fit =
        size == sizeBefore()
            ? rules.grouping().from(scaled, before.orElseThrow(), rules.seed())
            : rules.grouping().fit(scaled, size, rules.seed());
    int[] groups = fit.groups(scaled);
    double inertia = inertia(scaled, fit.centers());
    long[] members = new long[fit.centers().size()];
    IntStream.of(groups).forEach(group -> members[group]++);
    long smallest = LongStream.of(members).min().orElse(0);
    return new SizeTry(
        size,
        fit,
        Silhouette.of(scaled, groups, members.length),
        inertia,
        Math.log(inertiaOfOneFewer / inertia),
        Stability.of(scaled, groups, size, rules),
        (double) smallest / scaled.size(),
        fit.bic(scaled));
  }

  /** Number of groups of the training before; 0 without one. */
  private int sizeBefore() {
    return before.map(List::size).orElse(0);
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
