package io.itinera.core.sample;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * Size and period of the sample company.
 *
 * @param customers people, anonymous visitors (about a third) among them
 * @param days days of the period, at least 14
 * @param seed the same seed gives the same files, byte by byte
 * @param firstDay first day of the period, in {@link #ZONE}
 */
public record SampleRules(int customers, int days, long seed, LocalDate firstDay)
    implements Serializable {

  /** Zone of the shop: its tills, its days and the property of its web analytics. */
  public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  /** Last day of the default period, which holds the start of daylight saving time. */
  public static final LocalDate DEFAULT_LAST_DAY = LocalDate.of(2025, 4, 30);

  public SampleRules {
    if (customers < 1 || customers > 10_000_000) {
      throw new IllegalArgumentException(
          "customers must be between 1 and 10,000,000, was " + customers);
    }
    if (days < 14 || days > 1_000) {
      throw new IllegalArgumentException("days must be between 14 and 1,000, was " + days);
    }
  }

  /** The company over the {@code days} that end with {@link #DEFAULT_LAST_DAY}. */
  public static SampleRules of(int customers, int days, long seed) {
    return new SampleRules(customers, days, seed, DEFAULT_LAST_DAY.minusDays(days - 1L));
  }

  /** The last day of the period. */
  public LocalDate lastDay() {
    return firstDay.plusDays(days - 1L);
  }

  /**
   * The nights in which files arrive: the first brings all days up to its own, the next one day
   * each, the last also what is late, rewritten or delivered again.
   */
  public List<LocalDate> nights() {
    LocalDate last = lastDay();
    return List.of(last.minusDays(2), last.minusDays(1), last);
  }
}
