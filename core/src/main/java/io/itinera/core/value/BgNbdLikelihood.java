package io.itinera.core.value;

/**
 * Of r, α, a and b, equation (6) of Fader, Hardie and Lee (2005): either still alive after the last
 * purchase, or stopped with it.
 */
final class BgNbdLikelihood extends CountedLikelihood {

  BgNbdLikelihood(PurchaseCounts counts) {
    super(counts, 4);
  }

  @Override
  OfHistory at(double[] values) {
    double r = values[0];
    double alpha = values[1];
    double a = values[2];
    double b = values[3];
    RisingLogs ofR = new RisingLogs(r, mostPurchases());
    RisingLogs ofB = new RisingLogs(b, mostPurchases());
    RisingLogs ofBoth = new RisingLogs(a + b, mostPurchases());
    double[] logs = logs(alpha);
    double[] shares = shares(alpha);
    double[] chances = chances(a, b);
    double logAlpha = Math.log(alpha);
    return (x, last, age, gradient) -> {
      double alive = -(r + x) * logs[age];
      double all = alive;
      double stopped = 0;
      if (x > 0) {
        double odds = chances[x] - (r + x) * logs[last] - alive;
        double less = Math.exp(-Math.abs(odds));
        all += Math.max(0, odds) + Math.log(1 + less);
        stopped = (odds > 0 ? 1 : less) / (1 + less);
      }
      double stays = 1 - stopped;
      gradient[0] = ofR.derivative(x) + logAlpha - stays * logs[age] - stopped * logs[last];
      gradient[1] = r / alpha - (r + x) * (stays * shares[age] + stopped * shares[last]);
      gradient[2] = -ofBoth.derivative(x) + stopped / a;
      gradient[3] = ofB.derivative(x) - ofBoth.derivative(x);
      if (x > 0) {
        gradient[3] -= stopped / (b + x - 1);
      }
      return ofR.log(x) + ofB.log(x) - ofBoth.log(x) + r * logAlpha + all;
    };
  }

  /** ln(a ÷ (b+x−1)) of every x from 1 on. */
  private double[] chances(double a, double b) {
    double[] chances = new double[mostPurchases() + 1];
    for (int x = 1; x < chances.length; x++) {
      chances[x] = Math.log(a) - Math.log(b + x - 1);
    }
    return chances;
  }
}
