package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  private static final List<String> KNOWN = List.of("channel", "landing", "occurred-at", "type");

  @ParameterizedTest
  @CsvSource({
    "chanel, channel",
    "chnanel, channel",
    "LANDING, landing",
    "occurred_at, occurred-at",
    "tpye, type",
    "tape, type",
  })
  void namesWhatWasMeant(String word, String meant) {
    assertThat(NearestName.to(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "tip", "land"})
  void staysSilentWhereTooMuchWouldChange(String word) {
    assertThat(NearestName.to(word, KNOWN)).isEmpty();
  }
}
