package io.itinera.core.persona;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What features count in, and how personas are told by them.
 *
 * @param named feature to its unit; of a feature that is not named, a name that ends in {@code
 *     _share} or {@code _rate} says that it is a share, and any other that it is a plain number
 * @param currency of all amounts, such as EUR
 * @param vocabulary words of all languages
 */
public record FeatureUnits(Map<String, Unit> named, String currency, PersonaVocabulary vocabulary) {

  /** Names alone tell. */
  public static final FeatureUnits BY_NAME = new FeatureUnits(Map.of(), "");

  /** Told in English. */
  public FeatureUnits(Map<String, Unit> named, String currency) {
    this(named, currency, PersonaVocabulary.ENGLISH);
  }

  public FeatureUnits {
    named = Collections.unmodifiableMap(new TreeMap<>(named));
  }

  /** The unit of {@code feature}. */
  public Unit of(String feature) {
    boolean isShare = feature.endsWith("_share") || feature.endsWith("_rate");
    return named.getOrDefault(feature, isShare ? Unit.SHARE : Unit.NUMBER);
  }

  /** {@code value} of {@code feature} as a marketer reads it. */
  String figure(String feature, double value) {
    return of(feature).figure(value, this);
  }

  /** The words in which personas are told. */
  PersonaWords words() {
    return vocabulary.words();
  }
}
