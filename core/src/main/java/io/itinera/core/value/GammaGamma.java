package io.itinera.core.value;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gamma–Gamma model of spend (Fader and Hardie, 2013): the value of a purchase is Gamma(p, ν), and
 * ν is Gamma(q, v) among customers, whatever their rate of purchase.
 *
 * @param average mean value of all purchases, expected of a newcomer where the model has no mean
 */
public record GammaGamma(double p, double q, double v, double average) implements Serializable {

  private static final double HAS_MEAN = 1.01;

  /**
   * Expected value of a customer's next purchases: between their own mean and everybody's, the
   * nearer to their own the more purchases it is of.
   *
   * @param purchases how many their mean is of, 0 for none
   */
  public double expected(int purchases, double mean) {
    double weight = p * purchases;
    if (q < HAS_MEAN) {
      // Everybody's mean is infinite: the observed one stands in for it.
      return (weight * mean + p * average) / (weight + p);
    }
    return (p * v + weight * mean) / (weight + q - 1);
  }

  /** The parameters, in words of the model's literature. */
  public SortedMap<String, Double> parameters() {
    return new TreeMap<>(Map.of("p", p, "q", q, "v", v));
  }
}
