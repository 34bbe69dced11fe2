package io.itinera.core.trail;

import io.itinera.core.rule.NormalTail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds the conditions under which more people drop than otherwise: association rules whose right
 * side is the drop. What is found among some customers must hold among others, who were kept out.
 */
final class FindCauses {

  /** Of all conditions together, so small a chance to name one that is none. */
  private static final double MOST_P = 0.01;

  private static final double LEAST_LIFT = 1.1;

  private FindCauses() {}

  /**
   * A condition that explains drops.
   *
   * @param support the share of all at the step of whom it holds
   * @param lift the share that drops of these ÷ the share that drops of all
   * @param holdoutLift the same among customers who were kept out
   * @param customers of whom it holds
   * @param dropRate the share of them that drops
   * @param pValue of there being no difference to those of whom it does not hold, times how many
   *     conditions were tried
   */
  record Cause(
      String condition,
      double support,
      double lift,
      double holdoutLift,
      long customers,
      double dropRate,
      double pValue) {}

  /**
   * The causes, the one that explains most drops first.
   *
   * @param conditions to who was counted under them: among those learned from, and those kept out
   */
  static List<Cause> causes(Map<String, FunnelCount[]> conditions, TrailRules rules) {
    FunnelCount[] all = conditions.get(FunnelCount.ALL);
    List<Cause> causes = new ArrayList<>();
    if (all == null || all[0].dropped() == 0 || all[0].wentOn() == 0 || all[1].dropped() == 0) {
      return causes;
    }
    conditions.forEach(
        (condition, counts) -> {
          if (!condition.equals(FunnelCount.ALL)) {
            Cause cause = cause(condition, counts, all, conditions.size() - 1);
            boolean holds =
                cause.support() >= rules.leastSupport()
                    && cause.lift() >= LEAST_LIFT
                    && cause.holdoutLift() >= LEAST_LIFT
                    && cause.pValue() <= MOST_P;
            if (holds) {
              causes.add(cause);
            }
          }
        });
    causes.sort(
        Comparator.comparingDouble((Cause cause) -> -cause.support() * (cause.lift() - 1))
            .thenComparing(Cause::condition));
    return causes.subList(0, Math.min(rules.mostCauses(), causes.size()));
  }

  private static Cause cause(String condition, FunnelCount[] counts, FunnelCount[] all, int tried) {
    long customers = decided(counts[0]) + decided(counts[1]);
    long dropped = counts[0].dropped() + counts[1].dropped();
    return new Cause(
        condition,
        (double) customers / (decided(all[0]) + decided(all[1])),
        lift(counts[0], all[0]),
        lift(counts[1], all[1]),
        customers,
        customers == 0 ? 0 : (double) dropped / customers,
        Math.min(1, pValue(counts[0], all[0]) * tried));
  }

  private static long decided(FunnelCount count) {
    return count.wentOn() + count.dropped();
  }

  private static double lift(FunnelCount count, FunnelCount all) {
    long customers = decided(count);
    return customers == 0 || all.dropped() == 0
        ? 0
        : (double) count.dropped() / customers / ((double) all.dropped() / decided(all));
  }

  /** Of a test of two proportions, those under the condition and the others, one-sided. */
  private static double pValue(FunnelCount count, FunnelCount all) {
    double here = decided(count);
    double there = decided(all) - here;
    if (here == 0 || there == 0) {
      return 1;
    }
    double pooled = all.dropped() / (here + there);
    double error = Math.sqrt(pooled * (1 - pooled) * (1 / here + 1 / there));
    double difference = count.dropped() / here - (all.dropped() - count.dropped()) / there;
    return error == 0 ? 1 : NormalTail.above(difference / error);
  }
}
