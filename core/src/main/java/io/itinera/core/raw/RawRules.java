package io.itinera.core.raw;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/**
 * What all sources share when records become touchpoints and profiles.
 *
 * @param timeZone zone of calendar days, {@code itinera.time-zone}
 * @param currency currency of all amounts, {@code itinera.currency}
 * @param placeholders identifier values, lower case, that name nobody
 * @param futureTolerance how much later than its file was written a record may have happened
 * @param stages lifecycle stage of a touchpoint
 * @param marketingChannels marketing channel of a touchpoint
 */
public record RawRules(
    ZoneId timeZone,
    String currency,
    Set<String> placeholders,
    Duration futureTolerance,
    LabelRules stages,
    LabelRules marketingChannels) {

  public RawRules {
    placeholders = Set.copyOf(placeholders);
    if (futureTolerance.isNegative()) {
      throw new IllegalArgumentException(
          "future-tolerance must not be negative, was " + futureTolerance);
    }
  }
}
