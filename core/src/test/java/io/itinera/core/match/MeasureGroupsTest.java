package io.itinera.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeasureGroupsTest {

  @Test
  void pairsAndRecordsAreCounted() {
    // Groups {0 1 2} {3 4}; persons {0 1} {2 3 4}.
    MeasureGroups measured = MeasureGroups.of(new int[] {0, 0, 0, 1, 1}, new int[] {7, 7, 8, 8, 8});

    assertThat(measured.precision()).isEqualTo(2.0 / 4);
    assertThat(measured.recall()).isEqualTo(2.0 / 4);
    assertThat(measured.f1()).isEqualTo(0.5);
    assertThat(measured.bPrecision()).isCloseTo((4.0 / 3 + 1.0 / 3 + 2) / 5, within(1e-12));
    assertThat(measured.bRecall()).isCloseTo((2 + 1.0 / 3 + 4.0 / 3) / 5, within(1e-12));
  }

  @Test
  void nobodyInAGroupIsNeverWrong() {
    MeasureGroups measured = MeasureGroups.of(new int[] {0, 1}, new int[] {5, 5});

    assertThat(measured.precision()).isEqualTo(1);
    assertThat(measured.recall()).isZero();
  }
}
