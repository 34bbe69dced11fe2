package io.itinera.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.value.FitPurchases.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More histories than a search begins with. */
class ManyHistoriesTest {

  private record History(int purchases, double last, double age, double customers) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fewHistoriesLeadToWhereAllOfThemAreLikeliest(long seed) {
    PurchaseCounts counts = counts(simulated(seed, 30_000));
    assertThat(counts.size()).as("more than the search begins with").isGreaterThan(8_000);
    double unit = counts.meanAge();
    Likelihood all = new BgNbdLikelihood(counts.inUnitsOf(unit));
    Maximise.Found climbed = Maximise.from(all, 0.5, 0.3, 1, 2);

    PurchaseFit fit = FitPurchases.fit(Kind.BG_NBD, counts);

    assertThat(fit.converged()).isTrue();
    BgNbd model = (BgNbd) fit.model();
    Percentage near = Percentage.withPercentage(0.1);
    assertThat(model.r()).isCloseTo(climbed.parameter(0), near);
    assertThat(model.alpha()).isCloseTo(climbed.parameter(1) * unit, near);
    assertThat(model.a()).isCloseTo(climbed.parameter(2), near);
    assertThat(model.b()).isCloseTo(climbed.parameter(3), near);
    double[] parameters = {model.r(), model.alpha() / unit, model.a(), model.b()};
    assertThat(all.mean(parameters, new double[4])).isCloseTo(climbed.mean(), within(1e-9));
  }

  @Test
  void theSameIsFoundInWhateverOrderHistoriesCome() {
    List<History> histories = new ArrayList<>(simulated(4, 20_000));
    PurchaseFit fit = FitPurchases.fit(Kind.BG_NBD, counts(histories));
    Collections.shuffle(histories, new Random(1));

    assertThat(FitPurchases.fit(Kind.BG_NBD, counts(histories))).isEqualTo(fit);
  }

  @Test
  void historiesAreInOrderOfPurchasesThenOfTheirTimes() {
    List<History> histories = simulated(5, 500);
    PurchaseCounts sorted = counts(histories).sorted();
    List<History> found = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      found.add(
          new History(sorted.purchases(i), sorted.last(i), sorted.age(i), sorted.customers(i)));
    }

    assertThat(found)
        .isEqualTo(
            histories.stream()
                .sorted(
                    Comparator.comparingInt(History::purchases)
                        .thenComparingDouble(History::last)
                        .thenComparingDouble(History::age))
                .toList());
  }

  @Test
  void whereNobodyStopsOnlyPurchasesAndAgeTell() {
    PurchaseCounts counts = new PurchaseCounts();
    counts.add(1, 5, 20, 2);
    counts.add(1, 7, 20, 3);
    counts.add(0, 0, 20, 4);
    counts.add(1, 5, 21, 1);

    PurchaseCounts together = counts.whenever();

    assertThat(together.size()).isEqualTo(3);
    assertThat(together.customers(0)).isEqualTo(4);
    assertThat(together.customers(1)).isEqualTo(5);
    assertThat(together.customers(2)).isEqualTo(1);
    assertThat(together.total()).isEqualTo(counts.total());
    assertThat(together.allPurchases()).isEqualTo(counts.allPurchases());
  }

  private static PurchaseCounts counts(List<History> histories) {
    PurchaseCounts counts = new PurchaseCounts();
    histories.forEach(
        each -> counts.add(each.purchases(), each.last(), each.age(), each.customers()));
    return counts;
  }

  /** Customers who buy as BG/NBD says, each told by another age. */
  private static List<History> simulated(long seed, int customers) {
    Random random = new Random(seed);
    List<History> histories = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double age = 30 + 670 * random.nextDouble();
      double rate = -Math.log(random.nextDouble()) / 60;
      double stops = 0.3 * random.nextDouble();
      int purchases = 0;
      double last = 0;
      double at = -Math.log(random.nextDouble()) / rate;
      boolean isGone = false;
      while (at < age && !isGone) {
        purchases++;
        last = at;
        isGone = random.nextDouble() < stops;
        at -= Math.log(random.nextDouble()) / rate;
      }
      histories.add(new History(purchases, last, age, 1));
    }
    return histories;
  }
}
