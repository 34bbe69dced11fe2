package io.itinera.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.itinera.core.value.FitPurchases.Kind;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PurchaseModelTest {

  @ParameterizedTest
  @CsvSource({
    "0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39",
    "0.243, 4.414, 0.4, 0.3, 0, 0, 1, 520",
    "0.9, 2, 1, 2, 5, 20, 30, 52",
    "0.9, 2, 1.0000001, 2, 5, 20, 30, 52",
    "7, 3, 0.5, 0.6, 1, 3, 4, 10",
    "2, 9, 3, 4, 80, 100, 101, 26",
    "0.6, 4, 0.8, 2.5, 3, 0.2, 0.3, 500"
  })
  void bgNbdExpectsWhatNumericIntegrationSays(
      double r, double alpha, double a, double b, int x, double last, double age, double time) {
    BgNbd model = new BgNbd(r, alpha, a, b);

    double beta = b + x;
    DoubleUnaryOperator orders =
        p ->
            p == 0
                ? (r + x) * time / (alpha + age)
                : (1 - Math.pow((alpha + age) / (alpha + age + p * time), r + x)) / p;
    double expected = overBeta(orders, a, beta) / overBeta(p -> 1, a, beta);

    assertThat(model.purchasesIfAlive(x, age, time)).isCloseTo(expected, withinPercentage(0.001));
    assertThat(model.purchases(x, last, age, time))
        .isCloseTo(expected * model.alive(x, last, age), withinPercentage(0.001));
  }

  /** The integral of f(p) · p^(a−1) · (1−p)^(b−1), whose ends are smoothed where they rise. */
  private static double overBeta(DoubleUnaryOperator f, double a, double b) {
    return half(f, a, b) + half(p -> f.applyAsDouble(1 - p), b, a);
  }

  private static double half(DoubleUnaryOperator f, double a, double b) {
    double power = Math.min(1, a);
    DoubleUnaryOperator smooth =
        u -> {
          double p = Math.pow(u, 1 / power);
          return f.applyAsDouble(p) * Math.pow(p, a - power) * Math.pow(1 - p, b - 1) / power;
        };
    return simpson(smooth, 0, Math.pow(0.5, power));
  }

  @ParameterizedTest
  @CsvSource({
    "0.553, 10.578, 0.606, 11.669, 2, 30.43, 38.86, 39",
    "0.553, 10.578, 1, 0.1, 0, 0, 40, 39",
    "3, 0.5, 2, 70, 6, 10, 12, 300"
  })
  void paretoNbdKnowsWhoIsSilentAsNumericIntegrationDoes(
      double r, double alpha, double s, double beta, int x, double last, double age, double time) {
    ParetoNbd model = new ParetoNbd(r, alpha, s, beta);
    DoubleUnaryOperator density = y -> s * Math.pow(alpha + y, -r - x) * Math.pow(beta + y, -s - 1);
    double stopped = simpson(density, last, age);
    double stays = Math.pow(alpha + age, -r - x) * Math.pow(beta + age, -s);
    double stops = simpson(density, age, age + time);
    double later = Math.pow(alpha + age + time, -r - x) * Math.pow(beta + age + time, -s);

    assertThat(model.alive(x, last, age)).isCloseTo(stays / (stays + stopped), within(1e-9));
    assertThat(model.nothing(x, last, age, time))
        .isCloseTo((stopped + stops + later) / (stays + stopped), within(1e-9));
  }

  @Test
  void nobodyIsNotANumberHoweverExtreme() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double[] p = random.doubles(4).map(u -> Math.exp(12 * u - 6)).toArray();
      int x = (int) Math.exp(random.nextDouble() * Math.log(10_001)) - 1;
      double age = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 1_000;
      double last = x == 0 ? 0 : age * random.nextDouble();
      double time = random.nextDouble() * 2_000 + 1e-3;
      double a = i % 5 == 0 ? 1 : p[2];
      for (PurchaseModel model :
          List.of(
              new BgNbd(p[0], p[1], a, p[3]),
              new ParetoNbd(p[0], p[1], a, p[3]),
              new Nbd(p[0], p[1]))) {
        double most = (p[0] + x) * time / (p[1] + age);
        assertThat(model.alive(x, last, age)).as("%s", model).isBetween(0.0, 1.0);
        assertThat(model.nothing(x, last, age, time)).as("%s", model).isBetween(0.0, 1.0);
        assertThat(model.purchases(x, last, age, time))
            .as("%s after %d, %s, %s in %s", model, x, last, age, time)
            .isBetween(0.0, most * (1 + 1e-6));
      }
    }
  }

  @Test
  void whoBoughtOnceMayStillPauseThoughNobodyStoppedUnderBgNbd() {
    BgNbd model = new BgNbd(0.243, 4.414, 0.793, 2.426);

    assertThat(model.alive(0, 0, 38.86)).isEqualTo(1);
    assertThat(model.nothing(0, 0, 38.86, 13))
        .isCloseTo(Math.pow((4.414 + 38.86) / (4.414 + 38.86 + 13), 0.243), within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void slopesOfLikelihoodAreItsDerivatives(Kind kind) {
    PurchaseCounts counts = buyers(200, 5, 0.1);
    Likelihood likelihood =
        switch (kind) {
          case BG_NBD -> new BgNbdLikelihood(counts);
          case PARETO_NBD -> new ParetoNbdLikelihood(counts);
          case NBD -> new NbdLikelihood(counts);
        };
    double[] at = {0.7, 5, 0.9, 3};
    double[] gradient = new double[likelihood.parameters()];
    double[] values = java.util.Arrays.copyOf(at, gradient.length);
    likelihood.mean(values, gradient);

    for (int k = 0; k < gradient.length; k++) {
      double[] up = values.clone();
      double[] down = values.clone();
      up[k] += 1e-5;
      down[k] -= 1e-5;
      double[] unused = new double[gradient.length];
      double slope = (likelihood.mean(up, unused) - likelihood.mean(down, unused)) / 2e-5;
      assertThat(gradient[k]).isCloseTo(slope, within(1e-8));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"BG_NBD", "PARETO_NBD"})
  void modelFallsBackAndSaysSoWhereNobodyStops(Kind kind) {
    PurchaseFit fit = FitPurchases.fit(kind, buyers(3_000, 7, 0));

    assertThat(fit.model()).isInstanceOf(Nbd.class);
    assertThat(fit.fellBackFrom().orElseThrow()).startsWith(kind.text() + " is not identified: ");
  }

  @Test
  void orderOfHistoriesChangesNoDigit() {
    PurchaseCounts counts = buyers(6_000, 1, 0.2);
    PurchaseCounts backwards = new PurchaseCounts();
    for (int i = counts.size() - 1; i >= 0; i--) {
      backwards.add(counts.purchases(i), counts.last(i), counts.age(i), counts.customers(i));
    }

    assertThat(FitPurchases.fit(Kind.BG_NBD, backwards))
        .isEqualTo(FitPurchases.fit(Kind.BG_NBD, counts));
  }

  @Test
  void plantedParametersAreRecovered() {
    PurchaseFit fit = FitPurchases.fit(Kind.BG_NBD, buyers(20_000, 11, 0.25));

    BgNbd model = (BgNbd) fit.model();
    assertThat(model.a() / (model.a() + model.b())).isCloseTo(0.25, within(0.02));
    assertThat(model.r() / model.alpha()).isCloseTo(0.1, within(0.01));
  }

  /** Of mean rate 0.1, who stop after each purchase with the given probability. */
  private static PurchaseCounts buyers(int customers, long seed, double stops) {
    Random random = new Random(seed);
    PurchaseCounts counts = new PurchaseCounts();
    for (int i = 0; i < customers; i++) {
      double rate = -0.1 * Math.log(random.nextDouble());
      double age = 20 + random.nextInt(80);
      double last = 0;
      int x = 0;
      double next = -Math.log(random.nextDouble()) / rate;
      while (next < age) {
        last = next;
        x++;
        double pause = -Math.log(random.nextDouble()) / rate;
        next = random.nextDouble() < stops ? age : next + pause;
      }
      counts.add(x, last, age, 1);
    }
    return counts;
  }

  private static double simpson(DoubleUnaryOperator f, double from, double to) {
    int steps = 200_000;
    double width = (to - from) / steps;
    double sum = f.applyAsDouble(from) + f.applyAsDouble(to);
    for (int i = 1; i < steps; i++) {
      sum += f.applyAsDouble(from + i * width) * (i % 2 == 0 ? 2 : 4);
    }
    return sum * width / 3;
  }
}
