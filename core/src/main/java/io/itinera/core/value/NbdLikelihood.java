package io.itinera.core.value;

/** Of r and α: so many purchases in so long a time, by somebody who never stops. */
final class NbdLikelihood extends CountedLikelihood {

  NbdLikelihood(PurchaseCounts counts) {
    super(counts, 2);
  }

  @Override
  OfHistory at(double[] values) {
    double r = values[0];
    double alpha = values[1];
    RisingLogs ofR = new RisingLogs(r, mostPurchases());
    double[] logs = logs(alpha);
    double[] times = times();
    double logAlpha = Math.log(alpha);
    return (x, last, age, gradient) -> {
      gradient[0] = ofR.derivative(x) + logAlpha - logs[age];
      gradient[1] = r / alpha - (r + x) / (alpha + times[age]);
      return ofR.log(x) + r * logAlpha - (r + x) * logs[age];
    };
  }
}
