package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class PartGroupsTest {

  @Test
  void theLoosestGroupIsPartedNext() {
    // First 0 to 12 from 100 to 101, then 0 to 2 from 10 to 12; the tight pair stays one.
    assertThat(centers(3, 0, 2, 10, 12, 100, 101)).containsExactlyInAnyOrder(1.0, 11.0, 100.5);
  }

  @Test
  void thereAreNoMoreThanDifferentPoints() {
    assertThat(centers(3, 5, 5, 5)).containsExactly(5.0);
    assertThat(centers(4, 5, 6, 5)).containsExactlyInAnyOrder(5.0, 6.0);
    assertThat(centers(1, 5, 7)).containsExactly(6.0);
  }

  private static List<Double> centers(int size, double... points) {
    List<double[]> all = DoubleStream.of(points).mapToObj(x -> new double[] {x}).toList();
    return PartGroups.of(all, size, 1).stream().map(center -> center[0]).toList();
  }
}
