package io.itinera.core.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1772359200                                              | 2026-03-01T10:00:00Z",
        "1772359200.25                                           | 2026-03-01T10:00:00.25Z",
        "1772359200250                                           | 2026-03-01T10:00:00.25Z",
        "1772359200250.5                                         | 2026-03-01T10:00:00.250500Z",
        "1772359200250000                                        | 2026-03-01T10:00:00.25Z",
        "1772359200250000999                                     | 2026-03-01T10:00:00.25Z",
        "1.7723592E9                                             | 2026-03-01T10:00:00Z",
        "1.77235920025e12                                        | 2026-03-01T10:00:00.25Z",
        "9999999999                                              | 2286-11-20T17:46:39Z",
        "Sun Mar 01 2026 11:00:00 GMT+0100 (Central European)    | 2026-03-01T10:00:00Z",
        "Sun Mar 01 2026 11:00:00 GMT+0100                       | 2026-03-01T10:00:00Z",
        "Sun, 01 Mar 2026 10:00:00 GMT                           | 2026-03-01T10:00:00Z",
        "1 Mar 2026 05:00:00 -0500                               | 2026-03-01T10:00:00Z",
        "Sun Mar 01 10:00:00 UTC 2026                            | 2026-03-01T10:00:00Z",
        "2026-03-01 10:00:00.123456789 +0000 UTC m=+12.5         | 2026-03-01T10:00:00.123456Z",
        "2026-03-01T12:00:00,5+02:00                             | 2026-03-01T10:00:00.5Z",
        "20260301T100000Z                                        | 2026-03-01T10:00:00Z",
        "Thu, 01 Mar 9999 10:00:00 GMT                           | 9999-03-01T10:00:00Z",
        "20260301T100000.250+0000                                | 2026-03-01T10:00:00.25Z"
      })
  void timeOfAnyProgramIsRead(String text, Instant expected) {
    assertThat(TimeTexts.micros(text))
        .isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20260301",
        "202603011000",
        "177235920",
        "-1772359200",
        "1772359200e",
        "١٧٧٢٣٥٩٢٠٠",
        "Sun Feb 31 2026 11:00:00 GMT+0100",
        "Mar 1, 2026",
        "01.03.2026 10:00",
        "2026-03-01 10:00 CEST",
        "20260399T100000Z",
        "20260301T100000"
      })
  void whatTellsNoInstantIsNone(String text) {
    assertThat(TimeTexts.micros(text)).isNull();
  }

  @Test
  void longTextIsNone() {
    assertThat(TimeTexts.micros("1".repeat(65_536))).isNull();
  }
}
