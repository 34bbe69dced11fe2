package io.itinera.core.persistence;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * How long a dimension's values go on counting, and which of several does.
 *
 * @param name what the dimension is called in tables
 * @param value expression over columns of touchpoints: what a touchpoint sets; null or blank sets
 *     nothing
 * @param allocation which of several values counts
 * @param expiration when a value ceases to count
 * @param time for {@link Expiration#TIME} how long a value counts; one of exactly that age does
 * @param metricTypes for {@link Expiration#METRIC} the touchpoint types that end it
 */
public record DimensionRules(
    String name,
    String value,
    Allocation allocation,
    Expiration expiration,
    Duration time,
    Set<String> metricTypes)
    implements Serializable {

  /** Which of several values counts. */
  public enum Allocation {
    /** The latest. */
    MOST_RECENT,

    /** The first, until it expires. */
    ORIGINAL,

    /** Each of them. */
    ALL
  }

  /** When a value ceases to count. */
  public enum Expiration {
    /** With the session in which it was set. */
    SESSION,

    /** Never. */
    PERSON,

    /** Some time after it was set. */
    TIME,

    /** Behind a touchpoint of some types, of which it still has the credit. */
    METRIC
  }

  public DimensionRules {
    metricTypes = Set.copyOf(metricTypes);
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException("time must be longer than zero, was " + time);
    }
    boolean isForSome = expiration == Expiration.TIME || expiration == Expiration.METRIC;
    if (allocation == Allocation.ALL && isForSome) {
      throw new IllegalArgumentException(
          "allocation = all goes with expiration = session or person only: of several values none"
              + " would expire alone");
    }
    if (expiration == Expiration.METRIC && metricTypes.isEmpty()) {
      throw new IllegalArgumentException(
          "expiration = metric needs metric-types, such as [purchase]");
    }
  }

  boolean isWithinSession() {
    return expiration == Expiration.SESSION;
  }
}
