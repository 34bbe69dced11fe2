package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingTest {

  @Test
  void scaledFeaturesHaveMeanZeroAndDeviationOne() {
    List<double[]> points = List.of(at(0, 0), at(Math.E - 1, 0), at(1 - Math.E, 0));

    Scaling scaling = Scaling.of(List.of("a", "b"), points);

    assertThat(scaling.apply(at(0, 5))).containsExactly(0, 0);
    assertThat(scaling.apply(Map.of("a", Math.E - 1, "b", 0.0))[0]).isCloseTo(1, within(1e-12));
  }

  @Test
  void featureThatNeverVariesIsZeroWhateverItWasBefore() {
    List<double[]> points = List.of(at(0.1, 1), at(0.1, 2), at(0.1, 3));

    Scaling scaling = Scaling.of(List.of("a", "b"), points);

    assertThat(scaling.apply(at(7, 2))[0]).isZero();
    assertThat(scaling.sql()).startsWith("array(0D, greatest(");
  }

  @Test
  void featuresThatSayTheSameCountAsOneTogether() {
    List<double[]> twice = new ArrayList<>();
    List<double[]> once = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      twice.add(at(i, i, i * 37 % 100));
      once.add(at(i, i * 37 % 100));
    }
    Scaling doubled = Scaling.of(List.of("a", "b", "c"), twice);
    Scaling single = Scaling.of(List.of("a", "c"), once);

    double[] apart = doubled.apply(at(9, 9, 30));
    double[] alone = single.apply(at(9, 30));
    assertThat(apart[0] * apart[0] + apart[1] * apart[1])
        .isCloseTo(alone[0] * alone[0], within(0.001));
    assertThat(apart[2]).isCloseTo(alone[1], within(0.001));
  }

  @Test
  void nothingIsFurtherThanFourDeviationsAway() {
    Scaling scaling = Scaling.of(List.of("a"), List.of(at(1), at(2), at(3)));

    assertThat(scaling.apply(at(1e9))).containsExactly(4);
    assertThat(scaling.apply(at(-1e9))).containsExactly(-4);
    assertThat(scaling.sql()).startsWith("array(greatest(-4.0D, least(4.0D, ");
  }

  @Test
  void linearFeaturesAreNotDamped() {
    Scaling scaling =
        Scaling.of(
            List.of("a"), Map.of("a", Transform.LINEAR), List.of(at(1), at(2), at(3), at(1000)));

    assertThat(scaling.apply(at(3))[0] - scaling.apply(at(2))[0])
        .isCloseTo(scaling.apply(at(2))[0] - scaling.apply(at(1))[0], within(1e-12));
    assertThat(scaling.unscaled(scaling.apply(at(3))).get("a")).isCloseTo(3, within(1e-9));
  }

  @Test
  void robustFeaturesAreMeasuredFromTheMedianWhateverLiesFarOut() {
    List<double[]> usual = List.of(at(1), at(2), at(3), at(4), at(5));
    List<double[]> odd = List.of(at(1), at(2), at(3), at(4), at(1e6));
    Map<String, Transform> robust = Map.of("a", Transform.ROBUST);

    Scaling scaling = Scaling.of(List.of("a"), robust, odd);

    // Quartiles at 2 and 4, as far apart as those of a normal distribution of deviation 2 / 1.349.
    assertThat(scaling.apply(at(3))).containsExactly(0);
    assertThat(scaling.apply(at(4))[0]).isCloseTo(1.349 / 2, within(1e-12));
    assertThat(scaling.sql()).isEqualTo(Scaling.of(List.of("a"), robust, usual).sql());
    assertThat(
            Scaling.of(List.of("a"), robust, List.of(at(7), at(7), at(7), at(8))).apply(at(9))[0])
        .as("half of them are alike")
        .isPositive();
  }

  @Test
  void sharesSpreadAlikeWhateverTheirSize() {
    List<double[]> points = List.of(at(0), at(0.1), at(0.5), at(1));
    Scaling scaling = Scaling.of(List.of("a"), Map.of("a", Transform.SHARE), points);

    // Two shares of 100 trials that are a standard error apart.
    double small = scaling.apply(at(0.04 + 0.0196))[0] - scaling.apply(at(0.04))[0];
    double middle = scaling.apply(at(0.55))[0] - scaling.apply(at(0.5))[0];
    assertThat(small).isCloseTo(middle, within(0.1 * middle));
    assertThat(scaling.apply(at(1.5))).isEqualTo(scaling.apply(at(1)));
    assertThat(scaling.unscaled(scaling.apply(at(0.3))).get("a")).isCloseTo(0.3, within(1e-9));
  }

  private static double[] at(double... features) {
    return features;
  }
}
