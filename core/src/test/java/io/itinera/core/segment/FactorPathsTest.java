package io.itinera.core.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FactorPathsTest {

  private static final double[] LOOK = {0.5, 0.5, 0, 0};
  private static final double[] HELP = {0, 0, 0.25, 0.75};

  @Test
  void partsOfWhichRowsAreMixedAreFound() {
    Random random = new Random(5);
    List<double[]> rows = new ArrayList<>(List.of(LOOK, HELP));
    for (int i = 0; i < 60; i++) {
      rows.add(mixed(random.nextDouble(), 1));
    }

    List<double[]> parts = FactorPaths.parts(rows, 2, 1);

    List<double[]> found = new ArrayList<>(parts);
    found.sort((a, b) -> Double.compare(b[0], a[0]));
    assertThat(found.get(0)).containsExactly(LOOK, within(0.02));
    assertThat(found.get(1)).containsExactly(HELP, within(0.02));
    for (double[] row : rows) {
      double[] weights = FactorPaths.weights(row, parts);
      for (int column = 0; column < row.length; column++) {
        double made = weights[0] * parts.get(0)[column] + weights[1] * parts.get(1)[column];
        assertThat(made).isCloseTo(row[column], within(0.02));
      }
    }
  }

  private static double[] mixed(double look, double all) {
    double[] row = new double[LOOK.length];
    Arrays.setAll(row, i -> all * (look * LOOK[i] + (1 - look) * HELP[i]));
    return row;
  }

  @Test
  void weightsAreTheNearestThatAreNotNegative() {
    Random random = new Random(7);
    List<double[]> parts = List.of(new double[] {0.7, 0.3, 0}, new double[] {0.2, 0.3, 0.5});
    for (int round = 0; round < 50; round++) {
      double[] row = {random.nextDouble(), random.nextDouble(), random.nextDouble()};

      double[] weights = FactorPaths.weights(row, parts);

      double least = Double.POSITIVE_INFINITY;
      for (double a = 0; a <= 3; a += 0.02) {
        for (double b = 0; b <= 3; b += 0.02) {
          least = Math.min(least, distance(row, parts, a, b));
        }
      }
      assertThat(Arrays.stream(weights).min().orElseThrow()).isNotNegative();
      assertThat(distance(row, parts, weights[0], weights[1])).isLessThanOrEqualTo(least + 1e-9);
    }
  }

  private static double distance(double[] row, List<double[]> parts, double a, double b) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      double apart = row[i] - a * parts.get(0)[i] - b * parts.get(1)[i];
      sum += apart * apart;
    }
    return sum;
  }
}
