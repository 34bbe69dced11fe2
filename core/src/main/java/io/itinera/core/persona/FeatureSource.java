package io.itinera.core.persona;

import java.util.Map;

/**
 * Features that a Java class brings, as lines of {@code itinera.personas.features} do: found
 * through {@link java.util.ServiceLoader} on the class path. A feature that the configuration sets,
 * or sets to null, is as it says there.
 */
public interface FeatureSource {

  /**
   * Feature to a Spark SQL aggregate over a customer's rows of {@code customer_days}, with {@code
   * days_ago} beside its columns.
   */
  default Map<String, String> features() {
    return Map.of();
  }

  /** Feature to how it is computed over whichever table, and what it counts in. */
  default Map<String, FeatureLine> lines() {
    return Map.of();
  }
}
