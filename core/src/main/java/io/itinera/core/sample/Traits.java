package io.itinera.core.sample;

import io.itinera.core.sample.PlantedKind.Habits;

/**
 * What a person is apart from its household.
 *
 * @param kind planted kind
 * @param hasContact is in the CRM
 * @param hasAccount can sign in on the web
 * @param hasCard has a loyalty card
 * @param hasNewsletter gets the newsletter
 * @param phoneInCrm the CRM knows its telephone number
 * @param hasSecondContact is in the CRM twice, once with a misspelt name and another address
 */
record Traits(
    PlantedKind kind,
    boolean hasContact,
    boolean hasAccount,
    boolean hasCard,
    boolean hasNewsletter,
    boolean phoneInCrm,
    boolean hasSecondContact) {

  static Traits of(SampleRules rules, long person) {
    Dice dice = Dice.of(rules.seed(), "traits", person);
    PlantedKind kind = PlantedKind.at(dice.share());
    if (!kind.isKnown()) {
      return new Traits(kind, false, false, false, false, false, false);
    }
    Habits habits = kind.habits();
    boolean shopsInStore = kind == PlantedKind.STORE_REGULAR;
    boolean hasContact = dice.chance(0.93);
    return new Traits(
        kind,
        hasContact,
        hasContact && dice.chance(shopsInStore ? 0.6 : 0.96),
        shopsInStore || dice.chance(0.35),
        dice.chance(habits.subscribed()),
        dice.chance(0.85),
        hasContact && dice.chance(0.02));
  }
}
