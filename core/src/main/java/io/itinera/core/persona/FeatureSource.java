package io.itinera.core.persona;

import java.util.Map;

/**
 * Features that a Java class brings, as a line of {@code itinera.personas.features} does: found
 * through {@link java.util.ServiceLoader} on the class path. A feature that the configuration sets,
 * or sets to null, is as it says there.
 */
public interface FeatureSource {

  /**
   * Feature to a Spark SQL aggregate over a customer's rows of {@code customer_days}, with {@code
   * days_ago} beside its columns.
   */
  Map<String, String> features();
}
