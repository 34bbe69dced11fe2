package io.itinera.core.persona;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What features are used for.
 *
 * @param usualIfMissing features of which a missing value counts as the mean of all others, not as
 *     0: who bought nothing has no small basket
 * @param ifMissing feature to the number that a missing value counts as, whatever else is said
 * @param beside features that are computed and shown, but make no personas
 * @param among SQL predicate over the features: who does not fulfil it shows too little to tell,
 *     and has no persona
 * @param transforms of some features, what they go through before they are scaled; the others are
 *     damped
 * @param names feature to the name of a persona in which it stands out most
 * @param units what features count in
 */
public record FeatureUse(
    Set<String> usualIfMissing,
    Map<String, Double> ifMissing,
    Set<String> beside,
    String among,
    Map<String, Transform> transforms,
    Map<String, String> names,
    FeatureUnits units) {

  /** Every feature makes personas, of everybody; what is missing is 0. */
  public static final FeatureUse OF_ALL =
      new FeatureUse(
          Set.of(), Map.of(), Set.of(), "true", Map.of(), Map.of(), FeatureUnits.BY_NAME);

  public FeatureUse {
    usualIfMissing = Collections.unmodifiableSet(new TreeSet<>(usualIfMissing));
    ifMissing = Collections.unmodifiableMap(new TreeMap<>(ifMissing));
    beside = Collections.unmodifiableSet(new TreeSet<>(beside));
    transforms = Collections.unmodifiableMap(new TreeMap<>(transforms));
    names = Collections.unmodifiableMap(new TreeMap<>(names));
  }

  /** The same, told in other units: nobody is in another persona for it. */
  public FeatureUse with(FeatureUnits other) {
    return new FeatureUse(usualIfMissing, ifMissing, beside, among, transforms, names, other);
  }
}
