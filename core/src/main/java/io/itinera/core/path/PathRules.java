package io.itinera.core.path;

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
}
