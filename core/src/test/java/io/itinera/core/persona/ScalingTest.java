package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    assertThat(scaling.sql()).startsWith("array(0D, coalesce(");
  }

  private static double[] at(double... features) {
    return features;
  }
}
