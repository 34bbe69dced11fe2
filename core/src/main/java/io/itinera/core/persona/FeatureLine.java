package io.itinera.core.persona;

import java.util.Optional;

/**
 * All that can be said of a feature, as a block of {@code itinera.personas.features} does.
 *
 * @param over what it is computed over
 * @param sql Spark SQL: an aggregate over days, sessions and journeys, a plain expression over
 *     customers and rfm
 * @param unit what it counts in; empty: as its name says
 * @param transform what it goes through before it is scaled; empty: it is damped
 * @param ifMissing the number that a missing value counts as; empty: 0, or what is usual
 */
public record FeatureLine(
    FeatureTable over,
    String sql,
    Optional<Unit> unit,
    Optional<Transform> transform,
    Optional<Double> ifMissing) {

  /** Nothing is said beside how it is computed. */
  public static FeatureLine of(FeatureTable over, String sql) {
    return new FeatureLine(over, sql, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same, in units. */
  public FeatureLine in(Unit other) {
    return new FeatureLine(over, sql, Optional.of(other), transform, ifMissing);
  }

  /** The same, scaled otherwise. */
  public FeatureLine through(Transform other) {
    return new FeatureLine(over, sql, unit, Optional.of(other), ifMissing);
  }

  /** The same, with a number for who lacks it. */
  public FeatureLine ifMissing(double other) {
    return new FeatureLine(over, sql, unit, transform, Optional.of(other));
  }
}
