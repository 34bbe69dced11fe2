package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.CLOCK_CHANGES;
import static io.itinera.jobs.worlds.Feature.EARLY;
import static io.itinera.jobs.worlds.Feature.LATE;
import static io.itinera.jobs.worlds.Feature.TIES;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * When things happen, by the clock on the wall in Berlin.
 *
 * @param firstDay first day of the world; on its fourth the clocks change
 */
record Moments(LocalDate firstDay, Set<Feature> features) {

  /** Days from one night to the next. */
  static final int STEP = 2;

  private static final int CLOCKS_CHANGE = 3;

  private static final List<LocalTime> COARSE =
      List.of(
          LocalTime.MIDNIGHT,
          LocalTime.of(0, 30),
          LocalTime.of(12, 0),
          LocalTime.of(23, 45),
          LocalTime.of(23, 59, 59));

  private static final List<LocalTime> AROUND_THE_CHANGE =
      List.of(
          LocalTime.of(1, 59, 59),
          LocalTime.of(2, 0),
          LocalTime.of(2, 30),
          LocalTime.of(2, 59, 59),
          LocalTime.of(3, 0));

  /** A day of which night {@code night}, from 1, is the first to hear. */
  LocalDate day(int night, Dice dice) {
    LocalDate day = firstDay.plusDays((long) STEP * (night - 1) + dice.between(0, STEP - 1));
    if (features.contains(LATE) && dice.chance(0.25)) {
      return day.minusDays(dice.between(1, 8));
    }
    if (features.contains(EARLY) && dice.chance(0.1)) {
      return day.plusDays(dice.between(1, 4));
    }
    return day;
  }

  /** The time of something of which night {@code night} is the first to hear. */
  LocalDateTime time(int night, Dice dice) {
    if (features.contains(CLOCK_CHANGES) && dice.chance(0.15)) {
      return firstDay.plusDays(CLOCKS_CHANGE).atTime(dice.pick(AROUND_THE_CHANGE));
    }
    LocalDate day = day(night, dice);
    return features.contains(TIES) && dice.chance(0.6)
        ? day.atTime(dice.pick(COARSE))
        : day.atTime(LocalTime.ofSecondOfDay(dice.between(0, 86_399)));
  }
}
