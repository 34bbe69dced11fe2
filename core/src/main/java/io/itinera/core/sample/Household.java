package io.itinera.core.sample;

import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Two neighbouring numbers: perhaps a couple under one roof, perhaps with a tablet that both use.
 *
 * @param number half of its members' numbers
 * @param together they share name and address
 * @param tablet what they share, if anything
 */
record Household(long number, boolean together, Optional<Tablet> tablet) {

  /**
   * A tablet and who used it when.
   *
   * @param uses in the order of time
   */
  record Tablet(Device device, List<Use> uses) {}

  /** One visit on the tablet; who does not sign in is the one who was signed in before. */
  record Use(Instant at, long person, boolean signsIn) {}

  static Household of(SampleRules rules, long person) {
    long number = person / 2;
    Dice dice = Dice.of(rules.seed(), "household", number);
    boolean complete = 2 * number + 1 < rules.customers();
    boolean together = dice.chance(0.35) && complete;
    boolean share = together && dice.chance(0.25) && bothSignIn(rules, number);
    return new Household(
        number, together, share ? Optional.of(tablet(rules, number, dice)) : Optional.empty());
  }

  private static boolean bothSignIn(SampleRules rules, long number) {
    return Traits.of(rules, 2 * number).hasAccount()
        && Traits.of(rules, 2 * number + 1).hasAccount();
  }

  private static Tablet tablet(SampleRules rules, long number, Dice dice) {
    List<Instant> times = new ArrayList<>();
    for (int i = 4 + dice.poisson(3.0 * rules.days() / 90); i > 0; i--) {
      LocalTime evening = LocalTime.of(dice.between(18, 21), dice.below(60), dice.below(60));
      times.add(
          rules
              .firstDay()
              .plusDays(dice.below(rules.days()))
              .atTime(evening)
              .atZone(SampleRules.ZONE)
              .toInstant());
    }
    times.sort(Comparator.naturalOrder());
    List<Use> uses = new ArrayList<>();
    long user = 2 * number + dice.below(2);
    boolean signedIn = false;
    for (Instant at : times) {
      boolean changes = signedIn && dice.chance(0.45);
      user = changes ? (user ^ 1) : user;
      boolean signsIn =
          changes || (uses.isEmpty() ? dice.chance(0.5) : !signedIn || dice.chance(0.6));
      signedIn |= signsIn;
      uses.add(new Use(at, user, signsIn));
    }
    return new Tablet(Device.tablet(rules, number, dice), List.copyOf(uses));
  }
}
