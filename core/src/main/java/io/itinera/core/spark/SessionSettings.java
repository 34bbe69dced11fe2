package io.itinera.core.spark;

import java.util.Map;

/**
 * What the steps rely on a Spark session to be set to. With other values the same records would
 * become other rows, so whoever makes a session sets these, whatever else it is told.
 */
public final class SessionSettings {

  /** Name of the setting to its only value. */
  public static final Map<String, String> REQUIRED =
      Map.of(
          // Calendar days are computed with the configured zone by name.
          "spark.sql.session.timeZone", "UTC",
          // Raw records name keys twice; that is no reason to lose all of a record's properties.
          "spark.sql.mapKeyDedupPolicy", "LAST_WIN",
          // What cannot be cast or overflows is an error, unless an expression says try_.
          "spark.sql.ansi.enabled", "true",
          "spark.sql.caseSensitive", "false");

  private SessionSettings() {}
}
