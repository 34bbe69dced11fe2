package io.itinera.core.persona;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What personas are made of.
 *
 * @param features feature name to how it is computed; aggregates have the additional column {@code
 *     days_ago} (0 = as_of); null becomes what {@link FeatureUse} says, else 0
 * @param windowDays days that the aggregates see
 * @param fewest smallest number of personas tried, at least 2
 * @param most largest number tried
 * @param seed start of the random numbers
 * @param trainingRows at most so many customers, chosen by a hash of their id, train the model
 * @param namedFeatures at most so many features describe a persona
 * @param use what features are used for
 * @param retraining when personas are found anew
 * @param grouping how groups are looked for, and how many
 */
public record PersonaRules(
    Map<String, Feature> features,
    int windowDays,
    int fewest,
    int most,
    long seed,
    int trainingRows,
    int namedFeatures,
    FeatureUse use,
    Retraining retraining,
    Grouping grouping) {

  /**
   * Every feature is over days and makes personas, of everybody, every night; what is missing is 0.
   */
  public PersonaRules(
      Map<String, String> features,
      int windowDays,
      int fewest,
      int most,
      long seed,
      int trainingRows,
      int namedFeatures) {
    this(
        Feature.overDays(features),
        windowDays,
        fewest,
        most,
        seed,
        trainingRows,
        namedFeatures,
        FeatureUse.OF_ALL,
        Retraining.NIGHTLY,
        Grouping.USUAL);
  }

  public PersonaRules {
    features = Collections.unmodifiableMap(new TreeMap<>(features));
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features must not be empty");
    }
    if (use.beside().containsAll(features.keySet())) {
      throw new IllegalArgumentException("beside must leave a feature that makes personas");
    }
    if (windowDays < 1) {
      throw new IllegalArgumentException("window-days must be at least 1, was " + windowDays);
    }
    if (fewest < 2) {
      throw new IllegalArgumentException("fewest must be at least 2, was " + fewest);
    }
    if (most < fewest) {
      throw new IllegalArgumentException(
          "most must be at least fewest (%d), was %d".formatted(fewest, most));
    }
  }

  /** The features that make personas, in stored order. */
  public List<String> clustered() {
    return features.keySet().stream().filter(name -> !use.beside().contains(name)).toList();
  }

  /** The tables that features are computed over. */
  public Set<FeatureTable> tables() {
    Set<FeatureTable> tables = EnumSet.noneOf(FeatureTable.class);
    features.values().forEach(feature -> tables.add(feature.over()));
    return tables;
  }

  /** The features over one table, in stored order. */
  SortedMap<String, Feature> over(FeatureTable table) {
    SortedMap<String, Feature> over = new TreeMap<>(features);
    over.values().removeIf(feature -> feature.over() != table);
    return over;
  }

  /** The same, but found anew at other times. */
  public PersonaRules with(Retraining other) {
    return new PersonaRules(
        features,
        windowDays,
        fewest,
        most,
        seed,
        trainingRows,
        namedFeatures,
        use,
        other,
        grouping);
  }

  /** The same, but groups are looked for otherwise. */
  public PersonaRules with(Grouping other) {
    return new PersonaRules(
        features,
        windowDays,
        fewest,
        most,
        seed,
        trainingRows,
        namedFeatures,
        use,
        retraining,
        other);
  }

  /** The same, but features are used otherwise. */
  public PersonaRules with(FeatureUse other) {
    return new PersonaRules(
        features,
        windowDays,
        fewest,
        most,
        seed,
        trainingRows,
        namedFeatures,
        other,
        retraining,
        grouping);
  }

  /** A hash of what trains a model, whenever that is, and however it is told. */
  public String version() {
    FeatureUse untold = use.with(FeatureUnits.BY_NAME);
    return MatchPersonas.hash(with(Retraining.NIGHTLY).with(untold).toString());
  }
}
