package io.itinera.core.value;

import java.util.stream.IntStream;

/**
 * Of r, α, s and β: either still alive, or stopped at some time after the last purchase; equation
 * (18) of Fader and Hardie's note on the derivation (2005), with its integral as it stands.
 */
final class ParetoNbdLikelihood extends CountedLikelihood {

  /** By number of purchases, how many histories have so many. */
  private final int[] histories;

  ParetoNbdLikelihood(PurchaseCounts counts) {
    super(counts, 4);
    histories = new int[mostPurchases() + 1];
    for (int i = 0; i < counts.size(); i++) {
      histories[counts.purchases(i)]++;
    }
  }

  @Override
  OfHistory at(double[] values) {
    ParetoNbd model = new ParetoNbd(values[0], values[1], values[2], values[3]);
    double r = model.r();
    double alpha = model.alpha();
    double s = model.s();
    double beta = model.beta();
    RisingLogs ofR = new RisingLogs(r, mostPurchases());
    double[] alphas = logs(alpha);
    double[] betas = logs(beta);
    double[] times = times();
    double logAlpha = Math.log(alpha);
    double logBeta = Math.log(beta);
    SurvivalSums[] sums = sums(model, times);
    return (x, last, age, gradient) -> {
      double[] means = new double[4];
      double dropped;
      if (sums[x] == null) {
        SurvivalIntegral integral = new SurvivalIntegral(model, x);
        dropped = integral.log(times[last], times[age]);
        System.arraycopy(integral.means(), 0, means, 0, means.length);
      } else {
        dropped = sums[x].log(last, age, means);
      }
      double alive = -(r + x) * alphas[age] - s * betas[age];
      double most = Math.max(alive, dropped);
      double all = most + Math.log(Math.exp(alive - most) + Math.exp(dropped - most));
      double stopped = Math.exp(dropped - all);
      double stays = 1 - stopped;
      gradient[0] =
          ofR.derivative(x)
              + logAlpha
              - stays * alphas[age]
              - stopped * means[SurvivalIntegral.LOG_ALPHA];
      gradient[1] =
          r / alpha
              - (r + x)
                  * (stays / (alpha + times[age]) + stopped * means[SurvivalIntegral.BY_ALPHA]);
      gradient[2] =
          logBeta - stays * betas[age] + stopped * (1 / s - means[SurvivalIntegral.LOG_BETA]);
      gradient[3] =
          s / beta
              - stays * s / (beta + times[age])
              - stopped * (s + 1) * means[SurvivalIntegral.BY_BETA];
      return ofR.log(x) + r * logAlpha + s * logBeta + all;
    };
  }

  /** Where more histories have so many purchases than there are times. */
  private SurvivalSums[] sums(ParetoNbd model, double... times) {
    return IntStream.range(0, histories.length)
        .parallel()
        .mapToObj(x -> histories[x] > times.length ? SurvivalSums.of(model, x, times) : null)
        .toArray(SurvivalSums[]::new);
  }
}
