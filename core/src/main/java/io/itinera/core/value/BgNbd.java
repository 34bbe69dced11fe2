package io.itinera.core.value;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * BG/NBD of Fader, Hardie and Lee (2005): rates of purchase are Gamma(r, α), and after each
 * purchase a customer stops with a probability that is Beta(a, b) among customers.
 */
public record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

  public static final String NAME = "bg-nbd";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double alive(int purchases, double last, double age) {
    if (purchases == 0) {
      // One stops at a purchase: the first one is not looked at.
      return 1;
    }
    double odds =
        Math.log(a / (b + purchases - 1))
            + (r + purchases) * Math.log1p((age - last) / (alpha + last));
    return 1 / (1 + Math.exp(odds));
  }

  @Override
  public double purchasesIfAlive(int purchases, double age, double time) {
    return new DropoutSum(a, b, r, purchases).of(time / (alpha + age));
  }

  @Override
  public double nothingIfAlive(int purchases, double age, double time) {
    return Math.exp(-(r + purchases) * Math.log1p(time / (alpha + age)));
  }

  @Override
  public SortedMap<String, Double> parameters() {
    return new TreeMap<>(java.util.Map.of("r", r, "alpha", alpha, "a", a, "b", b));
  }
}
