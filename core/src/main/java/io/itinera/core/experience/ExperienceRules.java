package io.itinera.core.experience;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is a stage, a pain and a question on the journey map.
 *
 * @param stages labels and predicates over columns of touchpoints, the first that holds counts;
 *     where none does, the touchpoint's own stage
 * @param pains names to predicates over columns of touchpoints
 * @param fails predicate of touchpoints at which something does not work
 * @param question expression: what the customer wanted to know
 * @param sentiment expression: how the customer felt, a number
 * @param windowDays touchpoints of so many days up to as_of count
 * @param horizon how long after a touchpoint a conversion still is because of it
 * @param contactChannels channels of the contact centre
 * @param conversionTypes touchpoint types that are conversions
 */
public record ExperienceRules(
    List<Stage> stages,
    Map<String, String> pains,
    String fails,
    String question,
    String sentiment,
    int windowDays,
    Duration horizon,
    Set<String> contactChannels,
    Set<String> conversionTypes) {

  /** A touchpoint that comes again so soon is a repetition of the same visit. */
  static final Duration VISIT = Duration.ofMinutes(30);

  /** Three of the same within this time are rage. */
  static final Duration RAGE = Duration.ofSeconds(30);

  /** Who comes back to where they were within this time has not found what they looked for. */
  static final Duration BACKTRACK = Duration.ofSeconds(30);

  /** Who calls so soon after something failed online calls because of it. */
  static final Duration CONTACT = Duration.ofHours(24);

  /** Questions of fewer customers are not told: they might tell who asked. */
  static final int LEAST_ASKERS = 3;

  /** So many questions of a place are told. */
  static final int MOST_QUESTIONS = 10;

  /**
   * A stage by rule.
   *
   * @param label as the map calls it
   * @param when predicate over columns of touchpoints
   */
  public record Stage(String label, String when) {}

  public ExperienceRules {
    stages = List.copyOf(stages);
    pains = Collections.unmodifiableMap(new TreeMap<>(pains));
    contactChannels = Set.copyOf(contactChannels);
    conversionTypes = Set.copyOf(conversionTypes);
    if (horizon.isZero() || horizon.isNegative()) {
      throw new IllegalArgumentException("horizon must be longer than zero, was " + horizon);
    }
  }
}
