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

  private static double[] at(double... features) {
    return features;
  }
}
