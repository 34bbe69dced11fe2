package io.itinera.core.value;

import io.itinera.core.value.Maximise.Found;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;

/** Fits the model of spend to counted means by maximum likelihood. */
public final class FitSpend {

  private static final int BLOCK = 8_192;

  private static final int FEW = 4_000;
  private static final int SOME = 64_000;

  private FitSpend() {}

  /**
   * A model as it was fitted.
   *
   * @param model with its parameters
   * @param logLikelihood of all customers together
   * @param customers how many they were
   * @param evaluations how often the likelihood was computed
   * @param converged whether the search came to its end
   */
  public record SpendFit(
      GammaGamma model, double logLikelihood, long customers, int evaluations, boolean converged) {}

  /** The model under which {@code counts}, of at least one customer, are likeliest. */
  public static SpendFit fit(SpendCounts counts) {
    double unit = counts.meanValue();
    SpendCounts scaled = counts.sorted().inUnitsOf(unit);
    Likelihood few = new OfMeans(scaled.thinned(FEW));
    Found found = Maximise.from(few, 2, 3, 1);
    if (scaled.size() > FEW) {
      Likelihood some = new OfMeans(scaled.thinned(SOME));
      found = Maximise.on(found, few, some);
      few = some;
    }
    if (scaled.size() > SOME) {
      found = Maximise.on(found, few, new OfMeans(scaled));
    }
    double all = counts.total() * (found.mean() - Math.log(unit));
    return new SpendFit(
        new GammaGamma(found.parameter(0), found.parameter(1), found.parameter(2) * unit, unit),
        all,
        Math.round(counts.total()),
        found.evaluations(),
        found.converged());
  }

  /** Of p, q and v, equation (1a) of Fader and Hardie's note on the Gamma–Gamma model. */
  private static final class OfMeans implements Likelihood {

    private final SpendCounts counts;
    private final double total;
    private final int most;
    private final double[] logMeans;

    OfMeans(SpendCounts counts) {
      this.counts = counts;
      this.total = counts.total();
      this.most = counts.mostPurchases();
      this.logMeans =
          IntStream.range(0, counts.size()).mapToDouble(i -> Math.log(counts.mean(i))).toArray();
    }

    @Override
    public int parameters() {
      return 3;
    }

    @Override
    public double mean(double[] values, double[] gradient) {
      ByPurchases by = new ByPurchases(values, counts, logMeans, most);
      int blocks = (counts.size() + BLOCK - 1) / BLOCK;
      double[] sum = new double[4];
      for (double[] each :
          IntStream.range(0, blocks).parallel().mapToObj(i -> by.sum(i * BLOCK)).toList()) {
        for (int k = 0; k < sum.length; k++) {
          sum[k] += each[k];
        }
      }
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] = sum[k] / total;
      }
      return sum[3] / total;
    }
  }

  /** What depends on the number of purchases only, for each that occurs. */
  private static final class ByPurchases {

    private final double p;
    private final double q;
    private final double v;
    private final SpendCounts counts;
    private final double[] logMeans;
    private final double[] constants;
    private final double[] byP;
    private final double[] byQ;

    ByPurchases(double[] values, SpendCounts counts, double[] logMeans, int most) {
      this.p = values[0];
      this.q = values[1];
      this.v = values[2];
      this.counts = counts;
      this.logMeans = logMeans;
      this.constants = new double[most + 1];
      this.byP = new double[most + 1];
      this.byQ = new double[most + 1];
      boolean[] occurs = new boolean[most + 1];
      for (int i = 0; i < counts.size(); i++) {
        occurs[counts.purchases(i)] = true;
      }
      for (int x = 1; x <= most; x++) {
        if (occurs[x]) {
          double both = Gamma.digamma(p * x + q);
          constants[x] =
              Gamma.logGamma(p * x + q)
                  - Gamma.logGamma(p * x)
                  - Gamma.logGamma(q)
                  + q * Math.log(v)
                  + p * x * Math.log(x);
          byP[x] = x * (both - Gamma.digamma(p * x) + Math.log(x));
          byQ[x] = both - Gamma.digamma(q) + Math.log(v);
        }
      }
    }

    double[] sum(int from) {
      double[] sum = new double[4];
      int to = Math.min(counts.size(), from + BLOCK);
      for (int i = from; i < to; i++) {
        int x = counts.purchases(i);
        double mean = counts.mean(i);
        double customers = counts.customers(i);
        double logMean = logMeans[i];
        double spent = x * mean + v;
        double logSpent = Math.log(spent);
        double power = p * x + q;
        sum[0] += customers * (byP[x] + x * (logMean - logSpent));
        sum[1] += customers * (byQ[x] - logSpent);
        sum[2] += customers * (q / v - power / spent);
        sum[3] += customers * (constants[x] + (p * x - 1) * logMean - power * logSpent);
      }
      return sum;
    }
  }
}
