package io.itinera.core.portrait;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What portraits of personas show.
 *
 * @param goals types of touchpoints that are what somebody comes for
 * @param frustrations types of touchpoints that are what goes wrong for somebody
 * @param most so many traits of each aspect
 * @param windowDays days up to as_of that count
 * @param timeZone whose hours of the day are told
 */
public record PortraitRules(
    Set<String> goals, Set<String> frustrations, int most, int windowDays, ZoneId timeZone)
    implements java.io.Serializable {

  private static final long serialVersionUID = 2L;

  /** Those of a customer are bits of one number. */
  private static final int MOST_TYPES = 63;

  /** Hours are those of UTC. */
  public PortraitRules(Set<String> goals, Set<String> frustrations, int most, int windowDays) {
    this(goals, frustrations, most, windowDays, ZoneOffset.UTC);
  }

  public PortraitRules {
    goals = Collections.unmodifiableSet(new TreeSet<>(goals));
    frustrations = Collections.unmodifiableSet(new TreeSet<>(frustrations));
    if (!Collections.disjoint(goals, frustrations)) {
      Set<String> both = new TreeSet<>(goals);
      both.retainAll(frustrations);
      throw new IllegalArgumentException(
          "goals and frustrations must differ, but both have " + String.join(", ", both));
    }
    if (goals.size() + frustrations.size() > MOST_TYPES) {
      throw new IllegalArgumentException(
          "goals and frustrations must be at most %d types, were %d"
              .formatted(MOST_TYPES, goals.size() + frustrations.size()));
    }
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, was " + most);
    }
    if (windowDays < 1) {
      throw new IllegalArgumentException("window must be at least 1 day, was " + windowDays);
    }
  }

  /** Goals and frustrations together. */
  Set<String> types() {
    Set<String> types = new TreeSet<>(goals);
    types.addAll(frustrations);
    return types;
  }
}
