package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class MeasureNearnessTest {

  private static final double[] ORIGIN = {0, 0};
  private static final double[] FAR = {6, 8};

  @Test
  void tellsHowFarTheOwnCentreIsAndHowMuchFartherTheNext() {
    assertThat(nearness(List.of(ORIGIN, FAR), 0, 0, 2))
        .isEqualTo(List.of(2.0, 1 - 2 / Math.sqrt(72)));
  }

  @Test
  void isCertainWhereThereIsOneCentreAndUndecidedHalfWay() {
    assertThat(nearness(List.of(ORIGIN), 0, 3, 4)).isEqualTo(List.of(5.0, 1.0));
    assertThat(nearness(List.of(ORIGIN, FAR), 1, 3, 4)).isEqualTo(List.of(5.0, 0.0));
    assertThat(nearness(List.of(ORIGIN, ORIGIN), 0, 0, 0)).isEqualTo(List.of(0.0, 0.0));
  }

  @Test
  void inAMixtureItIsAsCertainAsTheGroupIsLikely() {
    Spread narrow = new Spread(0.5, List.of(1.0, 1.0));
    Spread wide = new Spread(0.5, List.of(4.0, 4.0));
    Fit mixture = new Fit(List.of(ORIGIN, FAR), List.of(narrow, wide));

    var row =
        new MeasureNearness(mixture)
            .call(CollectionConverters.asScala(List.of(3.0, 4.0)).toSeq(), 1);

    // Densities at 5 of both centres: e^(-25/2) and e^(-25/8)/4.
    double own = Math.exp(-25.0 / 8) / 4;
    assertThat(row.getDouble(0)).isEqualTo(5);
    assertThat(row.getDouble(1)).isCloseTo(own / (own + Math.exp(-25.0 / 2)), within(1e-12));
  }

  private static Object nearness(List<double[]> centers, int cluster, double x, double y) {
    var point = CollectionConverters.asScala(List.of(x, y)).toSeq();
    var row = new MeasureNearness(Fit.of(centers)).call(point, cluster);
    return List.of(row.getDouble(0), row.getDouble(1));
  }
}
