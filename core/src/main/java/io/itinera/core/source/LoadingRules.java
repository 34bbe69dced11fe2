package io.itinera.core.source;

import io.itinera.core.rule.ExchangeRates;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/**
 * What all sources share when records become touchpoints and profiles.
 *
 * @param timeZone zone of calendar days, {@code itinera.time-zone}
 * @param currency currency of all amounts, {@code itinera.currency}
 * @param rates what other currencies are worth
 * @param placeholders identifier values, lower case, that name nobody
 * @param futureTolerance how much later than its file was written a record may have happened
 * @param bots what is taken for a machine
 * @param stages lifecycle stage of a touchpoint
 * @param marketingChannels marketing channel of a touchpoint
 */
public record LoadingRules(
    ZoneId timeZone,
    String currency,
    ExchangeRates rates,
    Set<String> placeholders,
    Duration futureTolerance,
    BotRules bots,
    LabelRules stages,
    LabelRules marketingChannels) {

  public LoadingRules {
    placeholders = Set.copyOf(placeholders);
    if (futureTolerance.isNegative()) {
      throw new IllegalArgumentException(
          "future-tolerance must not be negative, was " + futureTolerance);
    }
  }

  /** These rules with other exchange rates. */
  public LoadingRules with(ExchangeRates others) {
    return new LoadingRules(
        timeZone, currency, others, placeholders, futureTolerance, bots, stages, marketingChannels);
  }
}
