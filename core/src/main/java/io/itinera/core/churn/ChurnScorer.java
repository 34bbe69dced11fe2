package io.itinera.core.churn;

import io.itinera.core.value.ReasonWords;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * All that customers' churn is told by: a function of what each did.
 *
 * @param margin what a model learnt
 * @param calibration what makes probabilities of it
 * @param usual the median customer, in the order of {@link Behaviour}
 */
record ChurnScorer(Margin margin, Calibration calibration, List<Double> usual)
    implements Serializable {

  private static final double NOTABLE = 0.02;
  private static final int MOST_REASONS = 3;

  ChurnScorer {
    usual = List.copyOf(usual);
  }

  /** A hash of everything that scores depend on. */
  String version() {
    return "%08x".formatted(toString().hashCode());
  }

  double probability(double[] customer) {
    return calibration.probability(margin.of(customer));
  }

  /** By how much the customer's being other than usual in it makes silence likelier. */
  double effect(Trigger trigger, double[] customer) {
    return probability(customer) - probability(trigger.asUsual(customer, usual));
  }

  /** What makes silence likelier, the greatest effect first. */
  List<String> reasons(double[] customer, ReasonWords words) {
    record Reason(Trigger trigger, double effect) {}
    return Arrays.stream(Trigger.values())
        .map(trigger -> new Reason(trigger, effect(trigger, customer)))
        .filter(reason -> reason.effect() > NOTABLE)
        .sorted(Comparator.comparingDouble(reason -> -reason.effect()))
        .limit(MOST_REASONS)
        .map(reason -> reason.trigger().text(customer, words))
        .toList();
  }
}
