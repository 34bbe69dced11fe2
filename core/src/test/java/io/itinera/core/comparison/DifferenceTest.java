package io.itinera.core.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  /** Newcombe (1998), table II: 56 of 70 against 48 of 80, and 10 of 10 against 0 of 10. */
  @Test
  void intervalsOfSharesAreThePublishedOnes() {
    Difference difference =
        Difference.of(CustomerSums.share(56, 70), CustomerSums.share(48, 80), 0.95);
    assertThat(difference.size()).isEqualTo(0.2, within(1e-12));
    assertThat(difference.low()).isEqualTo(0.0524, within(5e-5));
    assertThat(difference.high()).isEqualTo(0.3339, within(5e-5));

    Difference extreme = Difference.of(CustomerSums.share(10, 10), CustomerSums.share(0, 10), 0.95);
    assertThat(extreme.low()).isEqualTo(0.6075, within(5e-5));
    assertThat(extreme.high()).isEqualTo(1.0, within(1e-12));
  }

  @Test
  void varianceOfARatioIsThatOfALoop() {
    Random random = new Random(3);
    for (int round = 0; round < 50; round++) {
      int count = 5 + random.nextInt(50);
      long[] x = random.longs(count, 0, 1_000_000).toArray();
      long[] m = random.longs(count, 1, 20).toArray();
      double sumX = 0;
      double sumM = 0;
      for (int i = 0; i < count; i++) {
        sumX += x[i];
        sumM += m[i];
      }
      double squares = 0;
      for (int i = 0; i < count; i++) {
        squares += Math.pow(x[i] - sumX / sumM * m[i], 2);
      }
      CustomerSums sums = sums(x, m);
      double variance = squares / (sumM * sumM) * count / (count - 1);
      assertThat(sums.value()).isEqualTo(sumX / sumM, within(1e-9));
      assertThat(sums.variance()).isEqualTo(variance, within(variance * 1e-9));
    }
  }

  /** Customers with many journeys are no more independent of each other than those with few. */
  @Test
  void nineteenIntervalsInTwentyCoverTheTruthThoughCustomersRepeatThemselves() {
    Random random = new Random(11);
    int rounds = 1_000;
    int covered = 0;
    int falselyDifferent = 0;
    for (int round = 0; round < rounds; round++) {
      Difference difference = Difference.of(segment(random, 150), segment(random, 200), 0.95);
      covered += difference.low() <= 0 && difference.high() >= 0 ? 1 : 0;
      falselyDifferent += difference.pValue() <= 0.05 ? 1 : 0;
    }
    assertThat(covered / (double) rounds).isBetween(0.93, 0.97);
    assertThat(falselyDifferent).isEqualTo(rounds - covered);
  }

  @Test
  void whereNothingVariesNothingIsSaid() {
    assertThat(Difference.of(sums(new long[] {2, 2}, 1, 1), sums(new long[] {3, 3}, 1, 1), 0.95))
        .isEqualTo(new Difference(-1, -1, -1, 1));
  }

  /** Each customer converts in a tenth to nine tenths of one to thirty journeys. */
  private static CustomerSums segment(Random random, int customers) {
    long[] converted = new long[customers];
    long[] journeys = new long[customers];
    for (int i = 0; i < customers; i++) {
      double chance = 0.1 + 0.8 * random.nextDouble();
      journeys[i] = random.nextLong(1, 31);
      for (int journey = 0; journey < journeys[i]; journey++) {
        converted[i] += random.nextDouble() < chance ? 1 : 0;
      }
    }
    return sums(converted, journeys);
  }

  private static CustomerSums sums(long[] x, long... m) {
    CustomerSums sums = CustomerSums.NONE;
    for (int i = 0; i < x.length; i++) {
      sums = sums.and(x[i], m[i]);
    }
    return sums;
  }
}
