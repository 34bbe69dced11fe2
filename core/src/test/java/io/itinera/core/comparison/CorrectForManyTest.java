package io.itinera.core.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorrectForManyTest {

  @Test
  void workedByHand() {
    double[] chances = {0.04, 0.01, 0.03, 0.005};

    assertThat(CorrectForMany.BENJAMINI_HOCHBERG.corrected(chances))
        .containsExactly(new double[] {0.04, 0.02, 0.04, 0.02}, within(1e-12));
    assertThat(CorrectForMany.HOLM.corrected(chances))
        .containsExactly(new double[] {0.06, 0.03, 0.06, 0.02}, within(1e-12));
    assertThat(CorrectForMany.HOLM.corrected()).isEmpty();
  }

  @Test
  void callsDifferentWhatTheDefinitionsDo() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      double[] chances =
          random.doubles(1 + random.nextInt(12)).map(chance -> chance * chance * chance).toArray();
      double level = random.nextDouble() / 4;
      assertThat(called(CorrectForMany.BENJAMINI_HOCHBERG, level, chances))
          .isEqualTo(stepUp(level, chances));
      assertThat(called(CorrectForMany.HOLM, level, chances)).isEqualTo(stepDown(level, chances));
    }
  }

  private static int called(CorrectForMany correction, double level, double... chances) {
    return (int) Arrays.stream(correction.corrected(chances)).filter(p -> p <= level).count();
  }

  /** The largest k whose k-th smallest chance is at most k/m of the level. */
  private static int stepUp(double level, double... chances) {
    double[] sorted = Arrays.stream(chances).sorted().toArray();
    return IntStream.rangeClosed(1, sorted.length)
        .filter(k -> sorted[k - 1] * sorted.length / k <= level)
        .max()
        .orElse(0);
  }

  /** From the smallest on, as long as each is at most the level ÷ how many are left. */
  private static int stepDown(double level, double... chances) {
    double[] sorted = Arrays.stream(chances).sorted().toArray();
    int called = 0;
    while (called < sorted.length && sorted[called] * (sorted.length - called) <= level) {
      called++;
    }
    return called;
  }
}
