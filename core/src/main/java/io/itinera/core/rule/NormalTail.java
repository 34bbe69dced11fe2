package io.itinera.core.rule;

/** The tails of the standard normal distribution. */
public final class NormalTail {

  private static final double[] FACTORS = {
    0.17087277,
    -0.82215223,
    1.48851587,
    -1.13520398,
    0.27886807,
    -0.18628806,
    0.09678418,
    0.37409196,
    1.00002368,
    -1.26551223
  };

  /** Beyond that a tail is nothing. */
  private static final double FURTHEST = 38;

  private static final int HALVINGS = 80;

  private NormalTail() {}

  /**
   * The chance of a standard normal number to lie above {@code z}, to seven digits of itself
   * (Press, Teukolsky, Vetterling and Flannery, Numerical Recipes, erfcc).
   */
  public static double above(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double t = 1 / (1 + x / 2);
    double power = 0;
    for (double factor : FACTORS) {
      power = power * t + factor;
    }
    double above = t * Math.exp(power - x * x) / 2;
    return z >= 0 ? above : 1 - above;
  }

  /** The number above which a standard normal one lies with the given chance, above 0, below 1. */
  public static double quantile(double chance) {
    double low = -FURTHEST;
    double high = FURTHEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (above(middle) > chance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
