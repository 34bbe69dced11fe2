package io.itinera.core.raw;

import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.ZoneId;
import org.apache.spark.sql.Column;

/** Calendar days of instants. */
final class Days {

  /** What a record says is earlier, is no time of a person. */
  static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

  private Days() {}

  /**
   * The day on which {@code time} is in {@code zone}; null before 1900 and after 9999, since Spark
   * fails to move the ends of all time to a zone.
   */
  static Column of(Column time, ZoneId zone) {
    return when(
        time.between(lit(EARLIEST), lit(LATEST)), to_date(from_utc_timestamp(time, zone.getId())));
  }
}
