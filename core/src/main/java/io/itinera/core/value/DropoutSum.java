package io.itinera.core.value;

/**
 * Expected purchases of a customer who is still alive, under BG/NBD, equation (10) of Fader, Hardie
 * and Lee (2005) without its denominator:
 *
 * <pre>(a+b+x−1)/(a−1) · [1 − (1−z)^(r+x) · 2F1(r+x, b+x; a+b+x−1; z)],  z = t/(α+T+t)</pre>
 *
 * <p>Euler's transformation turns the bracket into 1 − (1−z)^(a−1) · 2F1(a−1, a+b−1−r; a+b+x−1; z),
 * whose parameters no longer grow with x. Of its series, 1 is taken off and a−1 divided out by
 * hand, so that nothing is lost where a is near 1 or a + b below it:
 *
 * <pre>c · (1 − (1−z)^(a−1))/(a−1) − q · (1−z)^(a−1) · Σ (a)ₙ₋₁ (q+1)ₙ₋₁ / ((c+1)ₙ₋₁ n!) · zⁿ</pre>
 *
 * <p>with c = a+b+x−1 and q = a+b−1−r. Where the series is slow (z near 1: young customers, long
 * horizons), its terms alternate and cancel (q far below zero) or grow first (a or q large), the
 * same expectation is taken over the probability p of stopping, Beta(a, b+x), of (1 −
 * ((α+T)/(α+T+pt))^(r+x))/p: all terms are positive.
 */
final class DropoutSum {

  private static final double SLOW = 0.9;
  private static final double CANCELS = -2;
  private static final double GROWS = 10;
  private static final double ENOUGH = 1e-16;
  private static final int MOST_TERMS = 2_000;
  private static final double WIDEST_STEP = 1.0 / 16;
  private static final double STRIP = 0.5;
  private static final double NOTHING = 1e-26;
  private static final int MOST_STEPS = 20_000;

  private final double a;
  private final double b;
  private final double rate;
  private final double c;
  private final double q;

  DropoutSum(double a, double b, double r, int purchases) {
    this.a = a;
    this.b = b + purchases;
    this.rate = r + purchases;
    this.c = a + b + purchases - 1;
    this.q = a + b - 1 - r;
  }

  /**
   * The expectation.
   *
   * @param ratio t ÷ (α+T)
   */
  double of(double ratio) {
    if (ratio <= 0) {
      return 0;
    }
    double z = ratio / (1 + ratio);
    return z > SLOW || q < CANCELS || a + q > GROWS ? mean(ratio) : series(z, Math.log1p(ratio));
  }

  /** The series; {@code log} is −ln(1−z). */
  double series(double z, double log) {
    double term = z;
    double sum = z;
    for (int n = 1; n < MOST_TERMS && Math.abs(term) > ENOUGH * Math.abs(sum); n++) {
      term *= (a + n - 1) * (q + n) / ((c + n) * (n + 1)) * z;
      sum += term;
    }
    double power = a - 1;
    double head = power == 0 ? log : Math.expm1(power * -log) / -power;
    return c * head - q * Math.exp(power * -log) * sum;
  }

  /**
   * The mean over p. With p = 1/(1+e^−w) and w = mode + width · sinh(v), both ends fall off doubly
   * exponentially, and the trapezoidal rule gains digits exponentially with its steps.
   */
  double mean(double ratio) {
    double width = Math.sqrt((a + b) / (a * b));
    // The wider, the nearer the singularities of the density come to the real axis.
    double step = Math.min(WIDEST_STEP, STRIP / width);
    double peak = logDensity(Math.log(a / b));
    double weights = 0;
    double orders = 0;
    for (int direction = -1; direction <= 1; direction += 2) {
      double weight = 1;
      for (int i = direction < 0 ? 0 : 1; weight > NOTHING && i < MOST_STEPS; i++) {
        double v = direction * i * step;
        double w = Math.log(a / b) + width * Math.sinh(v);
        weight = Math.exp(logDensity(w) - peak) * Math.cosh(v);
        weights += weight;
        orders += weight * orders(w, ratio);
      }
    }
    return orders / weights;
  }

  private double orders(double w, double ratio) {
    double p = w < 0 ? Math.exp(w - Math.log1p(Math.exp(w))) : 1 / (1 + Math.exp(-w));
    return p * ratio < 1e-300 ? rate * ratio : -Math.expm1(-rate * Math.log1p(p * ratio)) / p;
  }

  /** Of Beta(a, b) in w, without its constant. */
  private double logDensity(double w) {
    double log1p = w > 0 ? w + Math.log1p(Math.exp(-w)) : Math.log1p(Math.exp(w));
    return a * w - (a + b) * log1p;
  }
}
