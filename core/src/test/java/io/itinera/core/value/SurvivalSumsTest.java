package io.itinera.core.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of parts are the whole integral. */
class SurvivalSumsTest {

  private static final double[] DAYS = IntStream.rangeClosed(0, 364).mapToDouble(i -> i).toArray();

  @ParameterizedTest
  @CsvSource({
    // As fitted to CDNOW, in weeks and in days; a β below α, and one far above; a busy buyer.
    "0.55, 10.58, 0.61, 11.67, 0",
    "0.55, 74.06, 0.61, 81.67, 3",
    "2.4, 31.0, 0.9, 4.0, 12",
    "0.8, 3.0, 1.7, 400.0, 1",
    "1.5, 20.0, 0.4, 9.0, 90"
  })
  void anyTwoTimesHaveTheIntegralBetweenThem(
      double r, double alpha, double s, double beta, int purchases) {
    ParetoNbd model = new ParetoNbd(r, alpha, s, beta);
    SurvivalSums sums = SurvivalSums.of(model, purchases, DAYS);
    SurvivalIntegral integral = new SurvivalIntegral(model, purchases);
    double[] means = new double[4];

    for (int from = 0; from < DAYS.length; from += 7) {
      for (int to = from + 1; to < DAYS.length; to += 13) {
        double log = integral.log(DAYS[from], DAYS[to]);
        assertThat(sums.log(from, to, means)).isCloseTo(log, within(1e-10));
        for (int k = 0; k < means.length; k++) {
          double expected = integral.means()[k];
          assertThat(means[k]).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.55, 0.5, 0.61, 0.7, 5000"})
  void whatOneScaleCannotHoldIsLeftToTheIntegral(
      double r, double alpha, double s, double beta, int purchases) {
    assertThat(SurvivalSums.of(new ParetoNbd(r, alpha, s, beta), purchases, DAYS)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"0.55, 10.58, 0.61, 11.67, 2"})
  void whoWasSeenLastNowCannotHaveStopped(
      double r, double alpha, double s, double beta, int purchases) {
    double[] means = new double[4];
    SurvivalSums sums = SurvivalSums.of(new ParetoNbd(r, alpha, s, beta), purchases, DAYS);

    assertThat(sums.log(5, 5, means)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(means).containsOnly(0);
  }
}
