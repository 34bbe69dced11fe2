package io.itinera.core.churn;

import java.util.List;

/**
 * A weighted sum of what customers did, each number damped to its logarithm.
 *
 * @param intercept of a customer of whom every number is 0
 * @param weights in the order of {@link Behaviour}
 */
record LinearMargin(double intercept, List<Double> weights) implements Margin {

  LinearMargin {
    weights = List.copyOf(weights);
  }

  @Override
  public double of(double[] customer) {
    double sum = intercept;
    for (int i = 0; i < customer.length; i++) {
      sum += weights.get(i) * damped(customer[i]);
    }
    return sum;
  }

  /** The number's logarithm, plus one, with its sign. */
  static double damped(double number) {
    return Math.signum(number) * StrictMath.log1p(Math.abs(number));
  }
}
