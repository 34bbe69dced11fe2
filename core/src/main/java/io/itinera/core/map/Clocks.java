package io.itinera.core.map;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When a record of several clocks happened. A device may have a calendar, digits or a date of its
 * own; the vendor's server has not. The first clock that shows a possible time is believed: one
 * that can be read, is not earlier than the web, and not later than the server by more than the
 * tolerance. The name of the clock is kept where it is not the one that should have told.
 *
 * @param clocks the times that the expression for the time gives, best first
 * @param servers those that the vendor's server gives, best first
 * @param writtenAt when the file was written; null if nobody knows
 * @param tolerance by how much a clock may be ahead of the server; like all times here in
 *     microseconds
 */
record Clocks(List<Reading> clocks, List<Reading> servers, Long writtenAt, long tolerance) {

  /** Property, or attribute, that names the clock. */
  static final String TIME_FROM = "time_from";

  /** No event that reaches a server over the internet is older. */
  private static final long EARLIEST =
      TimeUnit.SECONDS.toMicros(Instant.parse("1990-01-01T00:00:00Z").getEpochSecond());

  /**
   * What one clock shows.
   *
   * @param name of the field that has it
   * @param time null if it cannot be read
   * @param isGiven whether it says anything
   */
  record Reading(String name, Long time, boolean isGiven) {}

  private boolean isOnlyOne() {
    return clocks.size() + servers.size() <= 1;
  }

  /** The first possible time; where there is none, the first that can be read. */
  Long time() {
    if (isOnlyOne()) {
      return clocks.isEmpty() ? null : clocks.get(0).time();
    }
    for (Reading clock : clocks) {
      if (isPossible(clock)) {
        return clock.time();
      }
    }
    for (Reading server : servers) {
      if (isLater(server)) {
        return server.time();
      }
    }
    return clocks.stream()
        .map(Reading::time)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * {@link #TIME_FROM} and the clock's name; empty where the first clock that says anything was
   * believed, or none.
   */
  Map<String, String> source() {
    if (isOnlyOne()) {
      return Map.of();
    }
    boolean isEarlierGiven = false;
    for (Reading clock : clocks) {
      if (isPossible(clock) && isEarlierGiven) {
        return Map.of(TIME_FROM, clock.name());
      }
      if (isPossible(clock)) {
        return Map.of();
      }
      isEarlierGiven |= clock.isGiven();
    }
    for (Reading server : servers) {
      if (isLater(server)) {
        return Map.of(TIME_FROM, server.name());
      }
    }
    return Map.of();
  }

  private boolean isPossible(Reading clock) {
    if (clock.time() == null || clock.time() < EARLIEST) {
      return false;
    }
    Long latest = writtenAt;
    for (Reading server : servers) {
      if (isLater(server)) {
        latest = server.time();
        break;
      }
    }
    return latest != null && clock.time() <= latest + tolerance;
  }

  private static boolean isLater(Reading server) {
    return server.time() != null && server.time() >= EARLIEST;
  }
}
