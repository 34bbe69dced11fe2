package io.itinera.core.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessHoursTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int HOUR = 3_600;

  /** Monday to Friday, nine to five, but for the second of January 2026, a Friday. */
  private static final BusinessHours OFFICE =
      new BusinessHours(
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          9 * HOUR,
          17 * HOUR,
          Set.of(LocalDate.of(2026, 1, 2)),
          BERLIN);

  @ParameterizedTest
  @CsvSource({
    // On a Tuesday: within, from before to after, at the borders.
    "2026-01-06T10:00, 2026-01-06T10:30, 30",
    "2026-01-06T06:00, 2026-01-06T23:00, 480",
    "2026-01-06T09:00, 2026-01-06T17:00, 480",
    "2026-01-06T17:00, 2026-01-07T09:00, 0",
    "2026-01-06T16:59, 2026-01-07T09:01, 2",
    "2026-01-06T10:00, 2026-01-06T10:00, 0",
    // Over a weekend; within one; from Thursday over a holiday and a weekend to Monday.
    "2026-01-09T16:00, 2026-01-12T10:00, 120",
    "2026-01-10T08:00, 2026-01-11T20:00, 0",
    "2026-01-01T16:30, 2026-01-05T09:15, 45",
    // A week has forty hours.
    "2026-01-07T12:00, 2026-01-14T12:00, 2400"
  })
  void weekendsHolidaysAndNightsDoNotCount(String start, String end, long minutes) {
    assertThat(between(OFFICE, start, end)).isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void nightOnWhichClocksArePutForwardIsAnHourShorter() {
    // 2026-03-29, a Sunday: 02:00 is 03:00.
    assertThat(between(allDay(0, 24), "2026-03-29T00:00", "2026-03-30T00:00"))
        .isEqualTo(Duration.ofHours(23));
    assertThat(between(allDay(1, 4), "2026-03-29T00:00", "2026-03-30T00:00"))
        .isEqualTo(Duration.ofHours(2));
    // Hours that begin, or end, at a time that there is not.
    assertThat(between(halfPastTwoTo(6), "2026-03-29T00:00", "2026-03-30T00:00"))
        .isEqualTo(Duration.ofHours(3));
  }

  @Test
  void hourThatComesTwiceCountsTwice() {
    // 2026-10-25, a Sunday: after 02:59 it is 02:00 again.
    assertThat(between(allDay(0, 24), "2026-10-25T00:00", "2026-10-26T00:00"))
        .isEqualTo(Duration.ofHours(25));
    assertThat(between(allDay(2, 3), "2026-10-25T00:00", "2026-10-26T00:00"))
        .isEqualTo(Duration.ofHours(2));
    assertThat(between(halfPastTwoTo(6), "2026-10-25T00:00", "2026-10-26T00:00"))
        .isEqualTo(Duration.ofMinutes(4 * 60 + 30));
    assertThat(between(allDay(9, 17), "2026-10-24T09:00", "2026-10-26T17:00"))
        .isEqualTo(Duration.ofHours(24));
  }

  @Test
  void minuteByMinuteItIsTheSame() {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      // Around both changes of clocks and a holiday.
      LocalDate around = LocalDate.of(2026, new int[] {1, 3, 10}[round % 3], 26).minusDays(25);
      Instant start =
          around.atStartOfDay(BERLIN).toInstant().plusSeconds(60L * random.nextInt(40_000));
      Instant end = start.plusSeconds(60L * random.nextInt(12_000));
      long minutes = 0;
      for (Instant at = start; at.isBefore(end); at = at.plusSeconds(60)) {
        LocalDateTime wall = LocalDateTime.ofInstant(at, BERLIN);
        minutes +=
            wall.getDayOfWeek().getValue() <= 5
                    && wall.getHour() >= 9
                    && wall.getHour() < 17
                    && !OFFICE.holidays().contains(wall.toLocalDate())
                ? 1
                : 0;
      }
      assertThat(OFFICE.microsBetween(start, end)).isEqualTo(minutes * 60_000_000);
    }
  }

  @Test
  void endBeforeTheStartIsNoTime() {
    assertThat(between(OFFICE, "2026-01-06T12:00", "2026-01-06T11:00")).isZero();
  }

  @Test
  void hoursThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new BusinessHours(Set.of(), 0, 1, Set.of(), ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new BusinessHours(Set.of(DayOfWeek.MONDAY), 60, 60, Set.of(), ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BusinessHours allDay(int from, int to) {
    return new BusinessHours(
        EnumSet.allOf(DayOfWeek.class), from * HOUR, to * HOUR, Set.of(), BERLIN);
  }

  private static BusinessHours halfPastTwoTo(int to) {
    return new BusinessHours(
        EnumSet.allOf(DayOfWeek.class), 2 * HOUR + HOUR / 2, to * HOUR, Set.of(), BERLIN);
  }

  private static Duration between(BusinessHours hours, String start, String end) {
    return Duration.of(hours.microsBetween(instant(start), instant(end)), ChronoUnit.MICROS);
  }

  private static Instant instant(String wall) {
    return LocalDateTime.parse(wall).atZone(BERLIN).toInstant();
  }
}
