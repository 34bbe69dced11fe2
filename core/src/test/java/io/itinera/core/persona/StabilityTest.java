package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StabilityTest {

  @Test
  void agreementIsTheAdjustedRandIndex() {
    // As in PersonaRecoveryTest: pairs together 7, in groups 13, in others 14, of 45.
    int[] groups = {0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    int[] others = {0, 1, 0, 1, 1, 2, 2, 2, 2, 2};

    assertThat(Stability.agreement(groups, others)).isCloseTo(0.31257, within(1e-5));
  }

  @Test
  void numbersOfGroupsDoNotMatter() {
    assertThat(Stability.agreement(new int[] {0, 0, 1, 2}, new int[] {2, 2, 0, 1})).isEqualTo(1);
  }

  @Test
  void ofMoreGroupsThanOthersHavePointsTheFirstCount() {
    assertThat(Stability.agreement(new int[] {0, 0, 1, 1, 5, 4}, new int[] {1, 1, 0, 0}))
        .isEqualTo(1);
  }
}
