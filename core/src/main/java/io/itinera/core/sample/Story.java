package io.itinera.core.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A person in the company's period: what every source draws its records from.
 *
 * @param rules the company
 * @param person who
 * @param fate what the person lives through
 */
record Story(SampleRules rules, Person person, Fate fate) {

  private static final List<Integer> HOURS =
      List.of(
          0, 1, 2, 7, 8, 9, 10, 11, 12, 12, 13, 14, 15, 16, 17, 18, 18, 19, 19, 20, 20, 20, 21, 21,
          22, 23);

  static Story of(SampleRules rules, long number) {
    Person person = Person.of(rules, number);
    return new Story(rules, person, Fate.of(rules, person));
  }

  PlantedKind kind() {
    return person.traits().kind();
  }

  /** Chance of one source's own, so that no source disturbs another. */
  Dice dice(String source) {
    return Dice.of(rules.seed(), source, person.number());
  }

  /** A number of this person's own; each source uses ordinals of its own. */
  long number(int ordinal) {
    return person.scrambled(rules, ordinal);
  }

  /** How often what happens {@code mean} times in 90 days happens in the company's period. */
  int times(double mean, Dice dice) {
    return dice.poisson(mean * rules.days() / 90);
  }

  /** A day in season before the person goes away. */
  LocalDate day(Dice dice) {
    return Season.pickDay(dice, rules, kind(), fate.until());
  }

  /** Some time of {@code day} where the person lives; in a gap of summer time, an hour later. */
  Instant someTime(LocalDate day, Dice dice) {
    LocalTime time = LocalTime.of(dice.pick(HOURS), dice.below(60), dice.below(60));
    return day.atTime(time).atZone(ZoneId.of(person.address().city().zone())).toInstant();
  }

  /**
   * A time of {@code day} from {@code firstHour} to before {@code lastHour} on the shop's clock.
   */
  static Instant opening(LocalDate day, int firstHour, int lastHour, Dice dice) {
    LocalTime time =
        LocalTime.of(dice.between(firstHour, lastHour - 1), dice.below(60), dice.below(60));
    return day.atTime(time).atZone(SampleRules.ZONE).toInstant();
  }
}
