package io.itinera.core.path;

import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * Which journeys paths are made of.
 *
 * @param windowDays journeys that ended within this many days up to as_of count
 */
public record PathRules(int windowDays) {

  public PathRules {
    if (windowDays < 1) {
      throw new IllegalArgumentException("window-days must be at least 1, was " + windowDays);
    }
  }

  /** True for the days of the window: {@code asOf} and those before it. */
  Column covers(Column day, LocalDate asOf) {
    return day.gt(lit(asOf.minusDays(windowDays))).and(day.leq(lit(asOf)));
  }
}
