package io.itinera.core.value;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Likelihood that somebody bought for the last time and stopped afterwards, under Pareto/NBD:
 *
 * <pre>s · ∫ (α+y)^−(r+x) · (β+y)^−(s+1) dy</pre>
 *
 * <p>over the times y at which they may have stopped. The literature writes it as a difference of
 * two hypergeometric functions, which cancels and overflows; the integral does neither, and its
 * derivatives are means under the same weights. In u = ln(min(α, β)+y) the integrand is smooth and
 * has one peak, so Gauss–Legendre rules on few panels find it to machine precision.
 */
final class SurvivalIntegral {

  /** Places in {@link #means}: of ln(α+y), 1/(α+y), ln(β+y), 1/(β+y). */
  static final int LOG_ALPHA = 0;

  static final int BY_ALPHA = 1;
  static final int LOG_BETA = 2;
  static final int BY_BETA = 3;

  private static final int NODES = 16;
  private static final double WIDEST = 2;
  private static final double STEEPEST = 8;
  private static final double NOTHING = 45;
  private static final int MOST_PANELS = 2_000;
  private static final double[] POINTS = new double[NODES];
  private static final double[] WEIGHTS = new double[NODES];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(NODES);
    for (int i = 0; i < NODES; i++) {
      POINTS[i] = (1 + rule.getPoint(i)) / 2;
      WEIGHTS[i] = rule.getWeight(i) / 2;
    }
  }

  private final double alpha;
  private final double beta;
  private final double power;
  private final double s;
  private final double least;
  private final double[] means = new double[4];

  SurvivalIntegral(ParetoNbd model, int purchases) {
    this.alpha = model.alpha();
    this.beta = model.beta();
    this.power = model.r() + purchases;
    this.s = model.s();
    this.least = Math.min(alpha, beta);
  }

  /** Means of the last integral's {@link #LOG_ALPHA} and so on; valid until the next. */
  double[] means() {
    return means;
  }

  /** Logarithm of the integral; −∞ over nothing. */
  double log(double from, double to) {
    double range = Math.log1p((to - from) / (least + from));
    if (!(range > 0)) {
      return Double.NEGATIVE_INFINITY;
    }
    double start = Math.log(least + from);
    double fall =
        power * (least + from) / (alpha + from) + (s + 1) * (least + from) / (beta + from) - 1;
    // Past its peak the logarithm falls ever more steeply.
    double length = fall > 0 ? Math.min(range, NOTHING / fall) : range;
    double width = Math.min(WIDEST, STEEPEST / (power + s));
    int panels = (int) Math.max(1, Math.min(MOST_PANELS, Math.ceil(length / width)));
    return sum(start, length / panels, panels);
  }

  private double sum(double start, double width, int panels) {
    double peak = Double.NEGATIVE_INFINITY;
    double total = 0;
    double[] sums = new double[4];
    for (int panel = 0; panel < panels; panel++) {
      for (int i = 0; i < NODES; i++) {
        double u = start + (panel + POINTS[i]) * width;
        double y = Math.exp(u) - least;
        double logAlpha = Math.log(alpha + y);
        double logBeta = Math.log(beta + y);
        double log = u - power * logAlpha - (s + 1) * logBeta;
        if (log > peak) {
          double shrink = Math.exp(peak - log);
          total *= shrink;
          for (int k = 0; k < sums.length; k++) {
            sums[k] *= shrink;
          }
          peak = log;
        }
        double weight = WEIGHTS[i] * Math.exp(log - peak);
        total += weight;
        sums[LOG_ALPHA] += weight * logAlpha;
        sums[BY_ALPHA] += weight / (alpha + y);
        sums[LOG_BETA] += weight * logBeta;
        sums[BY_BETA] += weight / (beta + y);
      }
    }
    for (int k = 0; k < sums.length; k++) {
      means[k] = sums[k] / total;
    }
    return Math.log(s * width * total) + peak;
  }
}
