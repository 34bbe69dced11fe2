package io.itinera.jobs.worlds;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;

/**
 * What the lives of a world share on one night.
 *
 * @param number of the night, from 1
 */
record Tonight(int number, List<Person> people, Moments moments, Dice dice) {

  Set<Feature> features() {
    return moments.features();
  }

  boolean has(Feature feature) {
    return features().contains(feature);
  }

  /** Whether {@code feature} is there, and its turn has come. */
  boolean has(Feature feature, double probability) {
    return has(feature) && dice.chance(probability);
  }

  Person anybody() {
    return dice.pick(people);
  }

  String prefix() {
    return Person.prefix(people.get(0).seed());
  }

  LocalDateTime time() {
    return moments.time(number, dice);
  }

  LocalDate day() {
    return moments.day(number, dice);
  }

  /**
   * When tonight's changes are said to have been made: of one day all alike, where there are ties.
   */
  String version() {
    LocalDate day = moments.firstDay().plusDays((long) Moments.STEP * number);
    return has(Feature.TIES) ? day + " 00:00:00" : day.atTime(number, dice.between(0, 59)) + ":00";
  }
}
