package io.itinera.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalTailTest {

  @Test
  void tailsOfTheNormalDistribution() {
    assertThat(NormalTail.above(0)).isEqualTo(0.5, within(1e-6));
    assertThat(NormalTail.above(1.959964)).isEqualTo(0.025, within(1e-7));
    assertThat(NormalTail.above(-1.959964)).isEqualTo(0.975, within(1e-7));
    assertThat(NormalTail.above(6)).isEqualTo(9.866e-10, within(1e-12));
  }

  @Test
  void quantilesAreWhereTheTailsBegin() {
    assertThat(NormalTail.quantile(0.025)).isEqualTo(1.959964, within(1e-5));
    assertThat(NormalTail.quantile(0.95)).isEqualTo(-1.644854, within(1e-5));
  }
}
