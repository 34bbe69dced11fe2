package io.itinera.core.value;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The likelihood of a model of purchases over counted histories, in blocks side by side whose sums
 * are added up in one order, so that it is the same on any machine.
 */
abstract class CountedLikelihood implements Likelihood {

  private static final int BLOCK = 8_192;

  private final PurchaseCounts counts;
  private final double total;
  private final int most;
  private final int parameters;
  private final double[] times;
  private final int[] lasts;
  private final int[] ages;

  CountedLikelihood(PurchaseCounts counts, int parameters) {
    this.counts = counts;
    this.total = counts.total();
    this.most = counts.mostPurchases();
    this.parameters = parameters;
    this.times = counts.times();
    this.lasts = IntStream.range(0, counts.size()).map(i -> place(counts.last(i))).toArray();
    this.ages = IntStream.range(0, counts.size()).map(i -> place(counts.age(i))).toArray();
  }

  /** Log-likelihood of one history, and its derivatives. */
  interface OfHistory {

    /**
     * The log-likelihood.
     *
     * @param last place of the time of the last purchase among {@link #times}
     * @param age place of the age among them
     * @param gradient receives the derivatives
     */
    double of(int purchases, int last, int age, double[] gradient);
  }

  /** Prepares what depends on the parameters only: few times and numbers of purchases differ. */
  abstract OfHistory at(double[] values);

  final int mostPurchases() {
    return most;
  }

  final double[] times() {
    return times;
  }

  /** ln(c + time) of each of {@link #times}. */
  final double[] logs(double c) {
    return Arrays.stream(times).map(time -> Math.log(c + time)).toArray();
  }

  /** 1 ÷ (c + time) of each of {@link #times}. */
  final double[] shares(double c) {
    return Arrays.stream(times).map(time -> 1 / (c + time)).toArray();
  }

  @Override
  public final int parameters() {
    return parameters;
  }

  @Override
  public final double mean(double[] values, double[] gradient) {
    int blocks = (counts.size() + BLOCK - 1) / BLOCK;
    OfHistory history = at(values);
    List<double[]> sums =
        IntStream.range(0, blocks).parallel().mapToObj(block -> sum(history, block)).toList();
    double value = 0;
    Arrays.fill(gradient, 0);
    for (double[] sum : sums) {
      value += sum[parameters];
      for (int k = 0; k < parameters; k++) {
        gradient[k] += sum[k] / total;
      }
    }
    return value / total;
  }

  private double[] sum(OfHistory history, int block) {
    double[] sum = new double[parameters + 1];
    double[] derivatives = new double[parameters];
    int end = Math.min(counts.size(), (block + 1) * BLOCK);
    for (int i = block * BLOCK; i < end; i++) {
      double customers = counts.customers(i);
      double log = history.of(counts.purchases(i), lasts[i], ages[i], derivatives);
      sum[parameters] += customers * log;
      for (int k = 0; k < parameters; k++) {
        sum[k] += customers * derivatives[k];
      }
    }
    return sum;
  }

  private int place(double time) {
    return Arrays.binarySearch(times, time);
  }
}
