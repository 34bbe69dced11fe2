package io.itinera.core.journey;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/**
 * Where a journey ends and what its steps are called.
 *
 * @param gap longest silence inside a journey; a longer one ends it
 * @param conversionTypes touchpoint types that are the goal; each ends its journey
 * @param stepUnit whether a step is a session or a touchpoint
 * @param stepLabel what a step is called
 * @param repeats what becomes of steps that repeat
 * @param contactCentreChannels channels of the contact centre
 * @param complaintTypes touchpoint types that are complaints
 * @param timeZone zone of calendar days
 * @param page what a touchpoint's page is called, in Spark SQL over columns of touchpoints
 */
public record JourneyRules(
    Duration gap,
    Set<String> conversionTypes,
    StepUnit stepUnit,
    StepLabel stepLabel,
    Repeats repeats,
    Set<String> contactCentreChannels,
    Set<String> complaintTypes,
    ZoneId timeZone,
    String page)
    implements Serializable {

  /** Whether a step is a session or a touchpoint. */
  public enum StepUnit {
    SESSION,
    TOUCHPOINT
  }

  /** What a step is called. */
  public enum StepLabel {
    CHANNEL,
    MARKETING_CHANNEL,
    TYPE,
    CHANNEL_TYPE,
    STAGE,
    /** What its page is called; of what has none, channel and type. */
    PAGE
  }

  /** What becomes of steps that repeat. */
  public enum Repeats {
    /** Consecutive equal steps become one. */
    EXPOSURE,
    /** Every step stays. */
    UNIQUE,
    /** The first of each kind stays. */
    FIRST,
    /** Steps called {@code direct} go unless there is no other; then as exposure. */
    REMOVE_DIRECT
  }

  /** Touchpoints have no pages. */
  public JourneyRules(
      Duration gap,
      Set<String> conversionTypes,
      StepUnit stepUnit,
      StepLabel stepLabel,
      Repeats repeats,
      Set<String> contactCentreChannels,
      Set<String> complaintTypes,
      ZoneId timeZone) {
    this(
        gap,
        conversionTypes,
        stepUnit,
        stepLabel,
        repeats,
        contactCentreChannels,
        complaintTypes,
        timeZone,
        "CAST(NULL AS STRING)");
  }

  public JourneyRules {
    conversionTypes = Set.copyOf(conversionTypes);
    contactCentreChannels = Set.copyOf(contactCentreChannels);
    complaintTypes = Set.copyOf(complaintTypes);
    if (gap.isZero() || gap.isNegative()) {
      throw new IllegalArgumentException("gap must be longer than zero, was " + gap);
    }
  }
}
