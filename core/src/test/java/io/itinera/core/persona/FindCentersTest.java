package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FindCentersTest {

  @Test
  void eachCenterIsTheMiddleOfItsGroup() {
    List<double[]> points = points(0, 2, 10, 11, 12, 40);

    List<double[]> centers = FindCenters.of(points, 3, 1);

    assertThat(centers.stream().map(center -> center[0]))
        .containsExactlyInAnyOrder(1.0, 11.0, 40.0);
    int[] groups = FindCenters.groups(points, centers);
    assertThat(groups[0]).isEqualTo(groups[1]).isNotEqualTo(groups[2]);
    assertThat(groups[2]).isEqualTo(groups[3]).isEqualTo(groups[4]).isNotEqualTo(groups[5]);
  }

  @Test
  void thereAreNoMoreCentersThanDifferentPoints() {
    assertThat(FindCenters.of(points(5, 5, 5), 2, 1)).hasSize(1);
    assertThat(FindCenters.of(points(5, 6, 5), 4, 1)).hasSize(2);
    assertThat(FindCenters.of(points(5), 3, 1)).hasSize(1);
  }

  @Test
  void ofEquallyNearCentersTheFirstCounts() {
    assertThat(FindCenters.groups(points(1), points(0, 2))).containsExactly(0);
    assertThat(FindCenters.groups(points(1), points(2, 0))).containsExactly(0);
  }

  @Test
  void centersThatWereStayUnlessOthersAreTighter() {
    // A square: both ways to part it in two are equally good.
    List<double[]> square =
        List.of(new double[] {0, 0}, new double[] {0, 1}, new double[] {1, 0}, new double[] {1, 1});
    List<double[]> besides = List.of(new double[] {0, 0.4}, new double[] {1, 0.6});
    List<double[]> stacked = List.of(new double[] {0.4, 0}, new double[] {0.6, 1});
    List<double[]> far = List.of(new double[] {0.5, 0.5}, new double[] {50, 50});

    assertThat(FindCenters.from(square, besides, 1))
        .containsExactly(new double[] {0, 0.5}, new double[] {1, 0.5});
    assertThat(FindCenters.from(square, stacked, 1))
        .containsExactly(new double[] {0.5, 0}, new double[] {0.5, 1});
    assertThat(cost(square, FindCenters.from(square, far, 1))).isEqualTo(1);
  }

  @RepeatedTest(20)
  void noOtherGroupsOfFewPointsAreTighter(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double[] values = random.doubles(9, 0, 10).toArray();
    List<double[]> points = points(values);

    double found = cost(points, FindCenters.of(points, 3, 1));

    assertThat(found).isCloseTo(best(values), within(1e-9));
  }

  private static double cost(List<double[]> points, List<double[]> centers) {
    int[] groups = FindCenters.groups(points, centers);
    return IntStream.range(0, groups.length)
        .mapToDouble(i -> FindCenters.squaredDistance(points.get(i), centers.get(groups[i])))
        .sum();
  }

  /** On a line the best groups are runs of the sorted points: all pairs of borders are tried. */
  private static double best(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double best = Double.POSITIVE_INFINITY;
    for (int first = 1; first < sorted.length - 1; first++) {
      for (int second = first + 1; second < sorted.length; second++) {
        best =
            Math.min(
                best,
                spread(sorted, 0, first)
                    + spread(sorted, first, second)
                    + spread(sorted, second, sorted.length));
      }
    }
    return best;
  }

  private static double spread(double[] sorted, int from, int to) {
    double mean = Arrays.stream(sorted, from, to).average().orElseThrow();
    return Arrays.stream(sorted, from, to).map(x -> (x - mean) * (x - mean)).sum();
  }

  private static List<double[]> points(double... values) {
    List<double[]> points = new ArrayList<>();
    for (double value : values) {
      points.add(new double[] {value});
    }
    return points;
  }
}
