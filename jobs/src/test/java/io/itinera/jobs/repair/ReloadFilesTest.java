package io.itinera.jobs.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.SourceRules;
import io.itinera.jobs.files.RawFile;
import io.itinera.testing.SourceBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadFilesTest {

  private static final ReloadFiles DAYS =
      new ReloadFiles(
          Set.of("till"),
          Optional.of(LocalDate.of(2026, 1, 30)),
          Optional.of(LocalDate.of(2026, 1, 31)),
          ZoneId.of("Europe/Berlin"));

  /** The day in the name counts, else the one in the zone on which the file was written. */
  @ParameterizedTest
  @CsvSource({
    "till-2026-01-29.csv, 2026-01-30T12:00:00Z, false",
    "till-2026-01-30.csv, 2026-03-01T12:00:00Z, true",
    "till-20260131.csv, 2026-03-01T12:00:00Z, true",
    "till-2026-02-01.csv, 2026-01-30T12:00:00Z, false",
    "till.csv, 2026-01-29T22:59:59Z, false",
    "till.csv, 2026-01-29T23:00:00Z, true",
    "till.csv, 2026-01-31T22:59:59Z, true",
    "till.csv, 2026-01-31T23:00:00Z, false"
  })
  void takesFilesOfTheDaysBetween(String name, Instant written, boolean isWanted) {
    RawFile file = new RawFile("/landing/till/" + name, 1, written, null);

    assertThat(DAYS.wants(source("till"), file)).isEqualTo(isWanted);
    assertThat(DAYS.wants(source("web"), file)).isFalse();
    assertThat(DAYS.wantsAll(source("till"))).isFalse();
  }

  private static SourceRules source(String name) {
    return new SourceBuilder(name).touchpoint("id", Map.of(), Map.of()).build();
  }
}
