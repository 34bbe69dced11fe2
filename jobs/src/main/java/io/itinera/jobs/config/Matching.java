package io.itinera.jobs.config;

import io.itinera.core.match.BlockRule;
import io.itinera.core.match.MatchRules;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One way of comparing profiles.
 *
 * @param name as in the settings
 * @param values expression of each field of {@code rules}, by the field's name and in its order
 * @param rules how they are compared
 * @param threshold probability from which on two profiles are one person's; empty: as the model
 *     suggests
 * @param numbers types of identifiers of which a customer may have one, where that is the shipped
 *     limit: it means one of each source, so those of two sources count as one where profiles match
 */
public record Matching(
    String name,
    Map<String, String> values,
    MatchRules rules,
    Optional<Double> threshold,
    Set<String> numbers) {

  public Matching {
    numbers = Collections.unmodifiableSet(new TreeSet<>(numbers));
  }

  /** All that a model depends on. */
  public String ofModel() {
    return "%s %s %s %s"
        .formatted(
            name, values, rules.fields(), rules.blocks().stream().map(BlockRule::text).toList());
  }

  /** All that its results depend on, beside the model. */
  public String settings() {
    return "%s %s %s %s".formatted(ofModel(), threshold, rules.groups(), numbers);
  }
}
