package io.itinera.core.trail;

import java.util.Comparator;

/**
 * What may be true of a customer at a step, such as {@code device = mobile}.
 *
 * @param one a condition
 * @param other another one that must be true, too; nothing if one alone is meant
 */
record Condition(String one, String other) implements Comparable<Condition> {

  /** What is true of all. */
  static final Condition ALL = new Condition(FunnelCount.ALL, "");

  /** How conditions begin that tell what happened behind the step. */
  static final String THEN = "then ";

  static Condition of(String one) {
    return new Condition(one, "");
  }

  /** Whether it, or one of both, happened behind the step. */
  boolean isBehind() {
    return one.startsWith(THEN) || other.startsWith(THEN);
  }

  boolean isPair() {
    return !other.isEmpty();
  }

  /** The first of two alone. */
  Condition first() {
    return of(one);
  }

  /** The second of two alone. */
  Condition second() {
    return of(other);
  }

  /** As tables call it. */
  String text() {
    return isPair() ? one + " and " + other : one;
  }

  @Override
  public int compareTo(Condition condition) {
    return Comparator.comparing(Condition::one)
        .thenComparing(Condition::other)
        .compare(this, condition);
  }
}
