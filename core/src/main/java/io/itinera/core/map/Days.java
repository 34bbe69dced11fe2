package io.itinera.core.map;

import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;

/** Calendar days of instants. */
public final class Days {

  /** What a record says is earlier, is no time of a person. */
  static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

  private static final long EARLIEST_MICROS = micros(EARLIEST);
  private static final long LATEST_MICROS = micros(LATEST);

  private Days() {}

  /** Day, counted from 1970, of {@code time} in microseconds; null before 1900 and after 9999. */
  static Integer of(Long time, ZoneId zone) {
    if (time == null || time < EARLIEST_MICROS || time > LATEST_MICROS) {
      return null;
    }
    long second = Math.floorDiv(time, TimeUnit.SECONDS.toMicros(1));
    return (int) Instant.ofEpochSecond(second).atZone(zone).toLocalDate().toEpochDay();
  }

  private static long micros(Instant time) {
    return TimeUnit.SECONDS.toMicros(time.getEpochSecond());
  }

  /**
   * The day on which {@code time} is in {@code zone}; null before 1900 and after 9999, since Spark
   * fails to move the ends of all time to a zone.
   */
  public static Column of(Column time, ZoneId zone) {
    return when(
        time.between(lit(EARLIEST), lit(LATEST)), to_date(from_utc_timestamp(time, zone.getId())));
  }
}
