package io.itinera.core.rule;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;

/**
 * When somebody is there to serve: the same hours on some days of the week, but for holidays.
 *
 * <p>Hours are those of the clock on the wall. Where that is put forward, what it skips is no time;
 * where it is put back, an hour that comes twice counts twice.
 *
 * @param days days of the week, at least one
 * @param fromSecond of the day, at which they begin
 * @param toSecond of the day, before which they end; 86,400 is its end
 * @param holidays days without any
 * @param timeZone whose clocks it is about
 */
public record BusinessHours(
    Set<DayOfWeek> days, int fromSecond, int toSecond, Set<LocalDate> holidays, ZoneId timeZone)
    implements Serializable {

  private static final int DAY = 86_400;

  public BusinessHours {
    if (days.isEmpty() || fromSecond < 0 || toSecond > DAY || fromSecond >= toSecond) {
      throw new IllegalArgumentException(
          "business hours need a day of the week, and must end after they begin on the same day");
    }
    days = Set.copyOf(days);
    holidays = Set.copyOf(holidays);
  }

  /** Microseconds of business hours from {@code start} to {@code end}; none if that is earlier. */
  public long microsBetween(Instant start, Instant end) {
    long micros = 0;
    LocalDate last = LocalDate.ofInstant(end, timeZone);
    // The clock may be put back over midnight: then a day comes before the one that it follows.
    LocalDate first = LocalDate.ofInstant(start, timeZone).minusDays(1);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      if (days.contains(day.getDayOfWeek()) && !holidays.contains(day)) {
        Instant opens = later(start, at(day, fromSecond, true));
        Instant closes = earlier(end, at(day, toSecond, false));
        if (opens.isBefore(closes)) {
          micros += ChronoUnit.MICROS.between(opens, closes);
        }
      }
    }
    return micros;
  }

  /** When the clock shows that second: for the first time, or for the last. */
  private Instant at(LocalDate day, int second, boolean isFirst) {
    LocalDateTime wall =
        second == DAY
            ? day.plusDays(1).atStartOfDay()
            : day.atTime(LocalTime.ofSecondOfDay(second));
    ZoneOffsetTransition jump = timeZone.getRules().getTransition(wall);
    if (jump != null && jump.isGap()) {
      return jump.getInstant();
    }
    var offsets = List.copyOf(timeZone.getRules().getValidOffsets(wall));
    // Of two the one of the time before the clock is put back comes first.
    return wall.toInstant(offsets.get(isFirst ? 0 : offsets.size() - 1));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
