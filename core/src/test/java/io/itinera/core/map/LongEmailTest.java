package io.itinera.core.map;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongEmailTest {

  @Test
  void anyNumberOfDotsIsNoReasonToDie() {
    String address = "a@b" + ".c".repeat(50_000);

    assertThat(NormaliseIdentifiers.email(address)).isEqualTo(address);
    assertThat(NormaliseIdentifiers.email(address + "@")).isNull();
  }
}
