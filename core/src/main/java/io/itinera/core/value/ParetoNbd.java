package io.itinera.core.value;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pareto/NBD of Schmittlein, Morrison and Colombo (1987): rates of purchase are Gamma(r, α), and
 * customers stop at any time, at a rate that is Gamma(s, β) among them.
 */
public record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {

  public static final String NAME = "pareto-nbd";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double alive(int purchases, double last, double age) {
    SurvivalIntegral stopped = new SurvivalIntegral(this, purchases);
    double alive = logAlive(purchases, age);
    return 1 / (1 + Math.exp(stopped.log(last, age) - alive));
  }

  @Override
  public double purchasesIfAlive(int purchases, double age, double time) {
    double power = s - 1;
    double log = Math.log1p(time / (beta + age));
    double share = power == 0 ? log : -Math.expm1(-power * log) / power;
    return (r + purchases) * (beta + age) / (alpha + age) * share;
  }

  @Override
  public double nothingIfAlive(int purchases, double age, double time) {
    double now = logAlive(purchases, age);
    double stays = Math.exp(logAlive(purchases, age + time) - now);
    double stops = Math.exp(new SurvivalIntegral(this, purchases).log(age, age + time) - now);
    return Math.min(1, stays + stops);
  }

  /** Logarithm of the likelihood of silence up to {@code time} by somebody who is still alive. */
  private double logAlive(int purchases, double time) {
    return -(r + purchases) * Math.log(alpha + time) - s * Math.log(beta + time);
  }

  @Override
  public SortedMap<String, Double> parameters() {
    return new TreeMap<>(Map.of("r", r, "alpha", alpha, "s", s, "beta", beta));
  }
}
