package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.itinera.core.table.CampaignCosts;
import io.itinera.core.table.Touchpoints;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;

/**
 * What numbers and times of records may be. What lies beyond is a mistake, such as a card number in
 * a field for ratings; accepted, it would overflow a later stage on every night to come.
 */
final class Ranges {

  /** Nothing that a record tells happened before. */
  private static final Instant EARLIEST = Instant.EPOCH;

  /** Nobody who is a customer was born before. */
  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1850, 1, 1);

  private static final long TEN_YEARS_OF_SECONDS = 315_619_200;
  private static final Range MONEY = new Range(-10_000_000_000L, 10_000_000_000L);
  private static final Range COUNT = new Range(0, 1_000_000_000_000L);

  /** By column; those that are missing may be whatever their type can hold. */
  private static final Map<String, Range> BY_COLUMN =
      Map.of(
          Touchpoints.VALUE, MONEY,
          Touchpoints.COST, MONEY,
          Touchpoints.RATING, new Range(-1_000, 1_000),
          Touchpoints.DURATION_SECONDS, new Range(0, TEN_YEARS_OF_SECONDS),
          CampaignCosts.IMPRESSIONS, COUNT,
          CampaignCosts.CLICKS, COUNT);

  private Ranges() {}

  /** Both ends belong to it. */
  private record Range(long least, long most) {}

  /** A fault where {@code value} is a number, but no possible one of the column {@code name}. */
  static Column fault(String name, Column value) {
    Range range = BY_COLUMN.get(name);
    if (range == null) {
      return MapRecords.fault(lit(false), "", lit(""));
    }
    return MapRecords.fault(
        isOutside(value, lit(range.least()), lit(range.most())),
        "bad-number",
        lit(
            String.format(
                Locale.ROOT, "%s is not between %,d and %,d.", name, range.least(), range.most())));
  }

  /** Whether {@code time} lies before all records. */
  static Column isTooEarly(Column time) {
    return coalesce(time.lt(lit(EARLIEST)), lit(false));
  }

  /** Whether {@code time}, an instant or a day, lies before all records or behind its file. */
  static Column isImpossible(Column time, RawRules rules, Instant asOfEnd) {
    return isOutside(time, lit(EARLIEST), latest(rules, asOfEnd));
  }

  /** The latest time that a record of a file may tell: the file's own, and a tolerance. */
  static Column latest(RawRules rules, Instant asOfEnd) {
    long tolerance = TimeUnit.MICROSECONDS.convert(rules.futureTolerance());
    Column written = greatest(col(RawRecords.MODIFIED_AT), lit(asOfEnd));
    return timestamp_micros(unix_micros(written).plus(tolerance));
  }

  /** A day of birth, null where nobody of that age can be a customer. */
  static Column birth(Column day, RawRules rules, Instant asOfEnd) {
    return when(day.between(lit(EARLIEST_BIRTH), to_date(latest(rules, asOfEnd))), day);
  }

  /** Not a number is greater than every number to Spark, and so outside, too. */
  private static Column isOutside(Column value, Column least, Column most) {
    return coalesce(not(value.between(least, most)), lit(false));
  }
}
