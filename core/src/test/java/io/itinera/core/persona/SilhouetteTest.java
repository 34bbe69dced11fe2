package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SilhouetteTest {

  @Test
  void workedExample() {
    // 0: within 1, to the other group 16, so 15/16. 1: within 1, other 9, 8/9. 4: alone, 0.
    List<double[]> points = List.of(new double[] {0}, new double[] {1}, new double[] {4});

    assertThat(Silhouette.of(points, new int[] {0, 0, 1}, 2))
        .isCloseTo((15.0 / 16 + 8.0 / 9) / 3, within(1e-12));
  }

  @Test
  void oneGroupIsTheWorst() {
    List<double[]> points = List.of(new double[] {0}, new double[] {1});

    assertThat(Silhouette.of(points, new int[] {1, 1}, 3)).isEqualTo(-1);
  }

  @RepeatedTest(20)
  void agreesWithComparingAllPairs(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<double[]> points =
        Stream.generate(() -> random.doubles(3, -2, 2).toArray()).limit(30).toList();
    int[] groups = random.ints(30, 0, 4).toArray();

    assertThat(Silhouette.of(points, groups, 4)).isCloseTo(plain(points, groups), within(1e-9));
  }

  private static double plain(List<double[]> points, int[] groups) {
    return IntStream.range(0, groups.length)
        .mapToDouble(i -> plain(points, groups, i))
        .average()
        .orElseThrow();
  }

  private static double plain(List<double[]> points, int[] groups, int i) {
    double within = distance(points, groups, i, groups[i]);
    double nearest =
        IntStream.of(groups)
            .distinct()
            .filter(group -> group != groups[i])
            .mapToDouble(group -> distance(points, groups, i, group))
            .min()
            .orElseThrow();
    return Double.isNaN(within) ? 0 : (nearest - within) / Math.max(nearest, within);
  }

  private static double distance(List<double[]> points, int[] groups, int from, int group) {
    return IntStream.range(0, groups.length)
        .filter(i -> i != from && groups[i] == group)
        .mapToDouble(i -> FindCenters.squaredDistance(points.get(from), points.get(i)))
        .average()
        .orElse(Double.NaN);
  }
}
