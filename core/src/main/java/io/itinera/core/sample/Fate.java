package io.itinera.core.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a person lives through: complaints, and perhaps the end of it.
 *
 * @param complaints days of the complaints, in order
 * @param until last day on which the person does anything
 * @param churns the last complaint is why
 */
record Fate(List<LocalDate> complaints, LocalDate until, boolean churns) {

  static Fate of(SampleRules rules, Person person) {
    Dice dice = Dice.of(rules.seed(), "fate", person.number());
    PlantedKind kind = person.traits().kind();
    int count = 0;
    if (kind == PlantedKind.COMPLAINER) {
      count = Math.max(1, dice.poisson(kind.manners().complaints() * rules.days() / 90.0));
    } else if (kind.isKnown() && dice.chance(0.04)) {
      count = 1;
    }
    boolean churns = count > 0 && dice.chance(0.7);
    // Who leaves does so early enough to be missed.
    int latest = rules.days() * (churns ? 60 : 95) / 100;
    List<LocalDate> complaints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      complaints.add(rules.firstDay().plusDays(dice.between(rules.days() / 10, latest)));
    }
    complaints.sort(Comparator.naturalOrder());
    LocalDate until = rules.lastDay();
    if (churns) {
      LocalDate last = complaints.get(count - 1).plusDays(dice.between(6, 12));
      until = last.isBefore(until) ? last : until;
    }
    return new Fate(List.copyOf(complaints), until, churns);
  }
}
