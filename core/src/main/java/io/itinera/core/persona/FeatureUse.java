package io.itinera.core.persona;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What features are used for.
 *
 * @param usualIfMissing features of which a missing value counts as the mean of all others, not as
 *     0: who bought nothing has no small basket
 * @param beside features that are computed and shown, but make no personas
 * @param among SQL predicate over the features: who does not fulfil it shows too little to tell,
 *     and has no persona
 * @param transforms of some features, what they go through before they are scaled; the others are
 *     damped
 * @param names feature to the name of a persona in which it stands out most
 */
public record FeatureUse(
    Set<String> usualIfMissing,
    Set<String> beside,
    String among,
    Map<String, Transform> transforms,
    Map<String, String> names) {

  /** Every feature makes personas, of everybody; what is missing is 0. */
  public static final FeatureUse OF_ALL =
      new FeatureUse(Set.of(), Set.of(), "true", Map.of(), Map.of());

  public FeatureUse {
    usualIfMissing = java.util.Collections.unmodifiableSet(new TreeSet<>(usualIfMissing));
    beside = java.util.Collections.unmodifiableSet(new TreeSet<>(beside));
    transforms = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(transforms));
    names = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(names));
  }
}
