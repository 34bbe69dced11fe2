package io.itinera.core.trail;

import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Funnels, and what may explain why people leave them.
 *
 * @param funnels each under a name of its own
 * @param windowDays touchpoints of so many days up to as_of count
 * @param conditions names to expressions over columns of touchpoints, whose values at a step may
 *     explain who drops there
 * @param landmark share of the time that a step leaves: what happened behind it counts up to then,
 *     among those who still wait then
 * @param leastSupport of a cause: the share of those at the step of whom it must hold
 * @param mostCauses of a step that are named
 * @param timeZone of calendar months
 */
public record TrailRules(
    List<FunnelRules> funnels,
    int windowDays,
    Map<String, String> conditions,
    double landmark,
    double leastSupport,
    int mostCauses,
    ZoneId timeZone) {

  public TrailRules {
    funnels = List.copyOf(funnels);
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    if (funnels.stream().map(FunnelRules::name).distinct().count() < funnels.size()) {
      throw new IllegalArgumentException("funnels must have different names");
    }
    if (landmark < 0 || landmark > 1) {
      throw new IllegalArgumentException("landmark must be 0 to 1, was " + landmark);
    }
    conditions.keySet().stream()
        .filter(name -> name.startsWith(Condition.THEN))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "conditions must not begin with \"then \", as \"%s\" does: so begins what happened behind a step"
                      .formatted(name));
            });
  }
}
