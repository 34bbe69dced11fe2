package io.itinera.core.trail;

import io.itinera.core.rule.NormalTail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the conditions, and pairs of them, under which more people drop than otherwise: association
 * rules whose right side is the drop. What is found among some customers must hold among others,
 * who were kept out.
 *
 * <p>What was true at the step is looked for among all who came there, what happened behind it
 * among those who still waited at the landmark ({@link Arrival}).
 *
 * <p>A pair is a cause of its own where both together do more than one and the other add up to (the
 * interaction contrast of Rothman, Greenland and Lash, Modern Epidemiology, 3rd edition, 2008,
 * chapter 5); what only a pair explains is not named as the cause of one of the two.
 */
final class FindCauses {

  /** Of all conditions together, so small a chance to name one that is none. */
  private static final double MOST_P = 0.01;

  private static final double LEAST_LIFT = 1.1;

  private final Map<Condition, FunnelCount[]> counts;
  private final FunnelCount[] all;
  private final TrailRules rules;

  /** What is tried: conditions, and pairs of them. */
  private final List<Condition> alone;

  private final List<Condition> pairs;

  private FindCauses(
      Map<Condition, FunnelCount[]> counts, Predicate<Condition> isTried, TrailRules rules) {
    this.counts = counts;
    this.all = counts.get(Condition.ALL);
    this.rules = rules;
    this.alone =
        counts.keySet().stream()
            .filter(isTried)
            .filter(condition -> !condition.isPair() && !condition.equals(Condition.ALL))
            .toList();
    this.pairs =
        counts.keySet().stream()
            .filter(isTried)
            .filter(condition -> condition.isPair() && support(condition) >= rules.leastSupport())
            .toList();
  }

  /**
   * A condition that explains drops.
   *
   * @param support the share of all of whom it holds; all are those who came, or those who waited
   * @param lift the share that drops of these ÷ the share that drops of all
   * @param holdoutLift the same among customers who were kept out
   * @param customers of whom it holds
   * @param dropRate the share of them that drops
   * @param pValue of there being no difference to those of whom it does not hold, of a pair that
   *     one adds nothing to the other; times how many conditions, or pairs, were tried
   */
  record Cause(
      Condition condition,
      double support,
      double lift,
      double holdoutLift,
      long customers,
      double dropRate,
      double pValue) {}

  /**
   * The causes, the one that explains most drops first.
   *
   * @param arrived by condition that was true at the step, who was counted under it of those who
   *     came there: among those learned from, and those kept out
   * @param waiting the same of those who still waited at the landmark, by these conditions and by
   *     what happened until then
   */
  static List<Cause> causes(
      Map<Condition, FunnelCount[]> arrived,
      Map<Condition, FunnelCount[]> waiting,
      TrailRules rules) {
    List<FindCauses> searches = new ArrayList<>();
    if (isTellable(arrived)) {
      searches.add(new FindCauses(arrived, condition -> true, rules));
    }
    if (isTellable(waiting)) {
      searches.add(new FindCauses(waiting, Condition::isBehind, rules));
    }
    int alone = searches.stream().mapToInt(search -> search.alone.size()).sum();
    int pairs = searches.stream().mapToInt(search -> search.pairs.size()).sum();
    return searches.stream()
        .flatMap(search -> search.found(alone, pairs).stream())
        .sorted(
            Comparator.comparingDouble((Cause cause) -> -cause.support() * (cause.lift() - 1))
                .thenComparing(Cause::condition))
        .limit(rules.mostCauses())
        .toList();
  }

  private static boolean isTellable(Map<Condition, FunnelCount[]> counts) {
    FunnelCount[] all = counts.get(Condition.ALL);
    return all != null && all[0].dropped() > 0 && all[0].wentOn() > 0 && all[1].dropped() > 0;
  }

  /**
   * What holds.
   *
   * @param triedAlone so many conditions are tried in all searches
   * @param triedPairs and so many pairs
   */
  private List<Cause> found(int triedAlone, int triedPairs) {
    List<Cause> both = holding(pairs, triedPairs);
    List<Cause> causes = holding(alone, triedAlone);
    causes.removeIf(cause -> both.stream().anyMatch(pair -> explains(pair, cause)));
    causes.addAll(both);
    return causes;
  }

  private List<Cause> holding(List<Condition> conditions, int tried) {
    List<Cause> causes = new ArrayList<>();
    for (Condition condition : conditions) {
      Cause cause = cause(condition, tried);
      boolean holds =
          cause.support() >= rules.leastSupport()
              && cause.lift() >= LEAST_LIFT
              && cause.holdoutLift() >= LEAST_LIFT
              && cause.pValue() <= MOST_P
              && (!condition.isPair() || new Together(condition, 1).contrast() > 0);
      if (holds) {
        causes.add(cause);
      }
    }
    return causes;
  }

  private Cause cause(Condition condition, int tried) {
    FunnelCount[] here = counts.get(condition);
    long customers = here[0].decided() + here[1].decided();
    long dropped = here[0].dropped() + here[1].dropped();
    double chance =
        condition.isPair()
            ? new Together(condition, 0).pValue()
            : Share.of(here[0]).pValueOfMoreThan(Share.of(all[0]).without(Share.of(here[0])));
    return new Cause(
        condition,
        support(condition),
        lift(here[0], all[0]),
        lift(here[1], all[1]),
        customers,
        customers == 0 ? 0 : (double) dropped / customers,
        Math.min(1, chance * tried));
  }

  private double support(Condition condition) {
    return (double) Stream.of(counts.get(condition)).mapToLong(FunnelCount::decided).sum()
        / Stream.of(all).mapToLong(FunnelCount::decided).sum();
  }

  private static double lift(FunnelCount count, FunnelCount all) {
    return count.decided() == 0 || all.dropped() == 0
        ? 0
        : Share.of(count).value() / Share.of(all).value();
  }

  /** Whether those of {@code cause} drop no more than others where the pair is not there. */
  private boolean explains(Cause pair, Cause cause) {
    Condition both = pair.condition();
    if (both.first().equals(cause.condition())) {
      return new Together(both, 0).isNothingAlone(true);
    }
    return both.second().equals(cause.condition()) && new Together(both, 0).isNothingAlone(false);
  }

  /**
   * Some people and how many of them drop.
   *
   * @param dropped of them
   * @param people all of them
   */
  private record Share(double dropped, double people) {

    static Share of(FunnelCount count) {
      return new Share(count.dropped(), count.decided());
    }

    Share without(Share part) {
      return new Share(dropped - part.dropped, people - part.people);
    }

    double value() {
      return dropped / people;
    }

    /** Of the share, one of each outcome added (Agresti and Coull, 1998): never 0. */
    double variance() {
      double near = (dropped + 1) / (people + 2);
      return near * (1 - near) / (people + 2);
    }

    /** Of a test of two proportions, one-sided. */
    double pValueOfMoreThan(Share others) {
      if (people <= 0 || others.people <= 0) {
        return 1;
      }
      double pooled = (dropped + others.dropped) / (people + others.people);
      double error = Math.sqrt(pooled * (1 - pooled) * (1 / people + 1 / others.people));
      return error == 0 ? 1 : NormalTail.above((value() - others.value()) / error);
    }
  }

  /** Two conditions: those under both, under one, under the other, under none. */
  private final class Together {
    private final Share both;
    private final Share one;
    private final Share other;
    private final Share none;

    private Together(Condition pair, int half) {
      both = Share.of(counts.get(pair)[half]);
      one = Share.of(counts.get(pair.first())[half]).without(both);
      other = Share.of(counts.get(pair.second())[half]).without(both);
      none = Share.of(all[half]).without(both).without(one).without(other);
    }

    private boolean isComplete() {
      return Stream.of(both, one, other, none).allMatch(share -> share.people() > 0);
    }

    /** By how much more of those under both drop than both alone add up to. */
    private double contrast() {
      return isComplete() ? both.value() - one.value() - other.value() + none.value() : 0;
    }

    private double pValue() {
      if (!isComplete()) {
        return 1;
      }
      double variance = Stream.of(both, one, other, none).mapToDouble(Share::variance).sum();
      return NormalTail.above(contrast() / Math.sqrt(variance));
    }

    private boolean isNothingAlone(boolean isFirst) {
      Share alone = isFirst ? one : other;
      return alone.value() < LEAST_LIFT * none.value() || alone.pValueOfMoreThan(none) > MOST_P;
    }
  }
}
