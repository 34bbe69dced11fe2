package io.itinera.core.value;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The negative binomial model of Ehrenberg (1959): rates are Gamma(r, α), and nobody stops. */
public record Nbd(double r, double alpha) implements PurchaseModel {

  public static final String NAME = "nbd";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double alive(int purchases, double last, double age) {
    return 1;
  }

  @Override
  public double purchasesIfAlive(int purchases, double age, double time) {
    return (r + purchases) * time / (alpha + age);
  }

  @Override
  public double nothingIfAlive(int purchases, double age, double time) {
    return Math.exp(-(r + purchases) * Math.log1p(time / (alpha + age)));
  }

  @Override
  public SortedMap<String, Double> parameters() {
    return new TreeMap<>(Map.of("r", r, "alpha", alpha));
  }
}
