package io.itinera.core.raw;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;

/**
 * When a record of several clocks happened. A device may have a calendar, digits or a date of its
 * own; the vendor's server has not. The first clock that shows a possible time is believed: one
 * that can be read, is not earlier than the web, and not later than the server by more than the
 * tolerance. The name of the clock is kept where it is not the one that should have told.
 *
 * @param clocks the times that the expression for the time gives, best first
 * @param servers those that the vendor's server gives, best first
 * @param tolerance by how much a clock may be ahead of the server
 */
record Clocks(List<Reading> clocks, List<Reading> servers, Duration tolerance) {

  /** Property, or attribute, that names the clock. */
  static final String TIME_FROM = "time_from";

  /** No event that reaches a server over the internet is older. */
  private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

  /**
   * What one clock shows.
   *
   * @param name of the field that has it
   * @param time null if it cannot be read
   * @param isGiven whether it says anything
   */
  record Reading(String name, Column time, Column isGiven) {}

  boolean isOnlyOne() {
    return clocks.size() + servers.size() <= 1;
  }

  /** The first possible time; where there is none, the first that can be read. */
  Column time() {
    if (isOnlyOne()) {
      return clocks.isEmpty() ? lit(null).cast("timestamp") : clocks.get(0).time();
    }
    List<Column> times = new ArrayList<>();
    clocks.forEach(clock -> times.add(when(isPossible(clock), clock.time())));
    servers.forEach(server -> times.add(when(isLater(server), server.time())));
    clocks.forEach(clock -> times.add(clock.time()));
    return coalesce(times.toArray(Column[]::new));
  }

  /**
   * A map of {@link #TIME_FROM} to the clock's name; null where the first clock that says anything
   * was believed, or none.
   */
  Column source() {
    if (isOnlyOne()) {
      return OtherFields.NONE;
    }
    Column name = null;
    Column isEarlierGiven = lit(false);
    for (Reading clock : clocks) {
      Column said = when(isEarlierGiven, lit(clock.name()));
      name = name == null ? when(isPossible(clock), said) : name.when(isPossible(clock), said);
      isEarlierGiven = isEarlierGiven.or(clock.isGiven());
    }
    for (Reading server : servers) {
      Column isBelieved = isLater(server);
      name =
          name == null
              ? when(isBelieved, lit(server.name()))
              : name.when(isBelieved, lit(server.name()));
    }
    return when(name.isNotNull(), map(lit(TIME_FROM), name));
  }

  private Column isPossible(Reading clock) {
    List<Column> bounds =
        new ArrayList<>(
            servers.stream().map(server -> when(isLater(server), server.time())).toList());
    bounds.add(col(RawRecords.MODIFIED_AT));
    Column latest =
        timestamp_micros(
            unix_micros(coalesce(bounds.toArray(Column[]::new)))
                .plus(TimeUnit.MICROSECONDS.convert(tolerance)));
    return coalesce(clock.time().between(lit(EARLIEST), latest), lit(false));
  }

  private static Column isLater(Reading server) {
    return coalesce(server.time().geq(lit(EARLIEST)), lit(false));
  }
}
