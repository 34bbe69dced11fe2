package io.itinera.core.rule;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What other currencies were worth on which day.
 *
 * @param rates currency (ISO 4217) to day to units of {@code itinera.currency} for one of its own
 * @param maxAgeDays a rate holds on the days behind it, until the next or for so many days
 */
public record ExchangeRates(Map<String, NavigableMap<LocalDate, BigDecimal>> rates, int maxAgeDays)
    implements Serializable {

  public ExchangeRates {
    rates = new TreeMap<>(rates);
    if (maxAgeDays < 0) {
      throw new IllegalArgumentException("max-age must not be negative, was " + maxAgeDays);
    }
  }

  /** No other currency has a rate. */
  public static ExchangeRates none() {
    return new ExchangeRates(Map.of(), 0);
  }

  /** Whether no rate is known, so that amounts in other currencies are refused. */
  public boolean areNone() {
    return rates.values().stream().allMatch(Map::isEmpty);
  }

  /** The rate of {@code currency} on {@code day}; null where none holds. */
  public BigDecimal on(LocalDate day, String currency) {
    NavigableMap<LocalDate, BigDecimal> days = rates.get(currency);
    Map.Entry<LocalDate, BigDecimal> last =
        days == null || day == null ? null : days.floorEntry(day);
    boolean holds = last != null && !day.isAfter(last.getKey().plusDays(maxAgeDays));
    return holds ? last.getValue() : null;
  }
}
