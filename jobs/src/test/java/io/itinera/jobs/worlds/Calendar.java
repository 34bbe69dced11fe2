package io.itinera.jobs.worlds;

import static io.itinera.jobs.worlds.Feature.BACKWARDS;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The nights of worlds beside each other.
 *
 * @param firstDay first day of the worlds
 * @param nights the last full day of each night: mostly later than that of the one before
 */
record Calendar(LocalDate firstDay, List<LocalDate> nights) {

  /** Three days later the clocks are put forward. */
  private static final LocalDate SPRING = LocalDate.of(2025, 3, 27);

  /** Three days later the clocks are put back. */
  private static final LocalDate AUTUMN = LocalDate.of(2025, 10, 23);

  /** Days from one night to the next: on, once more, back. */
  private static final List<Integer> STEPS = List.of(2, 2, 3, 3, 4, 0, -1, -2);

  /** The same for the last night, which mostly sees everything. */
  private static final List<Integer> LAST_STEPS = List.of(4, 4, 2, -1);

  /** Four to six nights of the worlds of {@code group}. */
  static Calendar of(long group, Set<Feature> features) {
    Dice dice = Dice.of(group, "when");
    LocalDate firstDay = group % 2 == 0 ? SPRING : AUTUMN;
    List<LocalDate> nights = new ArrayList<>();
    LocalDate night = firstDay.plusDays(Moments.STEP - 1L);
    nights.add(night);
    int count = dice.between(4, 6);
    while (nights.size() < count) {
      int step = dice.pick(nights.size() < count - 1 ? STEPS : LAST_STEPS);
      night = night.plusDays(features.contains(BACKWARDS) ? step : Moments.STEP);
      nights.add(night);
    }
    return new Calendar(firstDay, List.copyOf(nights));
  }

  LocalDate last() {
    return nights.get(nights.size() - 1);
  }
}
