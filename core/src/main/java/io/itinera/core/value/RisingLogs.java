package io.itinera.core.value;

/**
 * ln Γ(c+x) − ln Γ(c) and its derivative by c, for every whole x up to a largest: sums of ln(c+k)
 * and 1/(c+k). No difference of large numbers is taken, however large c is.
 */
final class RisingLogs {

  private final double[] logs;
  private final double[] derivatives;

  RisingLogs(double c, int most) {
    this.logs = new double[most + 1];
    this.derivatives = new double[most + 1];
    for (int x = 0; x < most; x++) {
      logs[x + 1] = logs[x] + Math.log(c + x);
      derivatives[x + 1] = derivatives[x] + 1 / (c + x);
    }
  }

  double log(int x) {
    return logs[x];
  }

  double derivative(int x) {
    return derivatives[x];
  }
}
