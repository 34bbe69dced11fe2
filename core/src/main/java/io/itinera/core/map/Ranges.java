package io.itinera.core.map;

import io.itinera.core.source.LoadingRules;
import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.RejectionReason;
import io.itinera.core.table.Touchpoints;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What numbers and times of records may be. What lies beyond is a mistake, such as a card number in
 * a field for ratings; accepted, it would overflow a later stage on every night to come.
 *
 * @param asOfEnd first instant after the night's last day; times are microseconds since 1970
 * @param tolerance how much later than its file was written a record may have happened
 */
record Ranges(long asOfEnd, long tolerance) implements Serializable {

  /** Nobody who is a customer was born before. */
  private static final long EARLIEST_BIRTH = LocalDate.of(1850, 1, 1).toEpochDay();

  private static final long TEN_YEARS_OF_SECONDS = 315_619_200;
  private static final Range MONEY = new Range(-10_000_000_000L, 10_000_000_000L);
  private static final Range COUNT = new Range(0, 1_000_000_000_000L);

  private static final Map<String, Range> BY_COLUMN =
      Map.of(
          Touchpoints.VALUE, MONEY,
          Touchpoints.COST, MONEY,
          Touchpoints.RATING, new Range(-1_000, 1_000),
          Touchpoints.DURATION_SECONDS, new Range(0, TEN_YEARS_OF_SECONDS),
          CampaignCosts.IMPRESSIONS, COUNT,
          CampaignCosts.CLICKS, COUNT);

  /** Both ends belong to it. */
  private record Range(long least, long most) {}

  static Ranges of(LoadingRules rules, Instant asOfEnd) {
    return new Ranges(
        TimeUnit.SECONDS.toMicros(asOfEnd.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(asOfEnd.getNano()),
        TimeUnit.MICROSECONDS.convert(rules.futureTolerance()));
  }

  /** A fault where {@code value} is a number, but no possible one of the column; else null. */
  static Fault fault(String column, Number value) {
    Range range = BY_COLUMN.get(column);
    if (value == null || range == null) {
      return null;
    }
    double number = value.doubleValue();
    // Not a number lies nowhere.
    return number >= range.least() && number <= range.most() ? null : outside(column, range);
  }

  /** The fault of a value of the column that is too large for it. */
  static Fault outside(String column) {
    return outside(column, BY_COLUMN.get(column));
  }

  private static Fault outside(String column, Range range) {
    return new Fault(
        RejectionReason.BAD_NUMBER,
        String.format(
            Locale.ROOT, "%s is not between %,d and %,d.", column, range.least(), range.most()));
  }

  /** Whether {@code time} lies before all records. */
  static boolean isTooEarly(Long time) {
    return time != null && time < 0;
  }

  /** Whether {@code time} lies before all records or behind its file. */
  boolean isImpossible(Long time, Long writtenAt) {
    return time != null && (time < 0 || time > latest(writtenAt));
  }

  /** The latest time that a record of a file may tell: the file's own, and a tolerance. */
  long latest(Long writtenAt) {
    return Math.max(writtenAt == null ? asOfEnd : writtenAt, asOfEnd) + tolerance;
  }

  /** Whether {@code day} lies before all records or behind its file. */
  boolean isImpossibleDay(Integer day, Long writtenAt) {
    return day != null && (day < 0 || TimeUnit.DAYS.toMicros(day) > latest(writtenAt));
  }

  /** A day of birth, null where nobody of that age can be a customer. */
  Integer birth(Integer day, Long writtenAt) {
    boolean isPossible =
        day != null
            && day >= EARLIEST_BIRTH
            && day <= Math.floorDiv(latest(writtenAt), TimeUnit.DAYS.toMicros(1));
    return isPossible ? day : null;
  }
}
