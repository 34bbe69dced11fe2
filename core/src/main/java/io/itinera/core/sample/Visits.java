package io.itinera.core.sample;

import io.itinera.core.sample.Visit.Identity;
import io.itinera.core.sample.Visit.Purpose;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When, on which device and why somebody visits the web shop. */
final class Visits {

  /** A visit before its place among the others of its device is known. */
  private record Plan(Instant at, Device device, Occasion occasion, boolean signsIn) {}

  /** From where a visit comes, and what for. */
  private record Occasion(VisitOrigin origin, Purpose purpose) {}

  /** What a device has seen before a visit: how many others, and whether anybody signed in. */
  private record Past(int visits, boolean signedIn) {}

  private Visits() {}

  /** The visits of one person in the order of time. */
  static List<Visit> of(Story story, List<Newsletter.Event> mails) {
    Dice dice = story.dice("visits");
    List<Plan> plans = new ArrayList<>();
    addClicks(story, mails, dice, plans);
    addOwn(story, dice, plans);
    plans.removeIf(plan -> day(plan.at()).isAfter(story.fate().until()));
    // The tablet's uses stand as they are: the household's other member relies on them.
    addTablet(story, dice, plans);
    plans.sort(Comparator.comparing(Plan::at).thenComparing(plan -> plan.device().cookie()));
    return numbered(story, plans, dice);
  }

  private static void addClicks(
      Story story, List<Newsletter.Event> mails, Dice dice, List<Plan> plans) {
    for (Newsletter.Event mail : mails) {
      if (mail.name().equals("click")) {
        Instant at = mail.at().plusSeconds(dice.between(3, 15));
        Purpose purpose = dice.chance(0.4) ? Purpose.BUY : Purpose.LOOK;
        VisitOrigin origin = VisitOrigin.newsletter(mail.campaign());
        plans.add(plan(story, at, new Occasion(origin, purpose), dice));
      }
    }
  }

  private static void addOwn(Story story, Dice dice, List<Plan> plans) {
    int looks = story.times(story.kind().habits().visits(), dice);
    if (!story.kind().isKnown()) {
      looks = Math.max(1, looks);
    }
    int buys = story.times(story.kind().habits().webOrders(), dice);
    for (int i = 0; i < looks + buys; i++) {
      LocalDate day = story.day(dice);
      VisitOrigin origin = VisitOrigin.pick(story.kind(), day, dice);
      Purpose purpose = i < buys ? Purpose.BUY : Purpose.LOOK;
      plans.add(plan(story, story.someTime(day, dice), new Occasion(origin, purpose), dice));
    }
  }

  private static Plan plan(Story story, Instant at, Occasion wish, Dice dice) {
    List<Device> devices = story.person().devices();
    Device device = dice.chance(0.5) ? devices.get(0) : dice.pick(devices);
    boolean canBuy = story.person().traits().hasAccount();
    Purpose purpose = canBuy ? wish.purpose() : Purpose.LOOK;
    return new Plan(at, device, new Occasion(wish.origin(), purpose), false);
  }

  private static void addTablet(Story story, Dice dice, List<Plan> plans) {
    story
        .person()
        .household()
        .tablet()
        .ifPresent(
            tablet -> {
              for (Household.Use use : tablet.uses()) {
                if (use.person() == story.person().number()) {
                  VisitOrigin origin = VisitOrigin.pick(story.kind(), day(use.at()), dice);
                  Occasion look = new Occasion(origin, Purpose.LOOK);
                  plans.add(new Plan(use.at(), tablet.device(), look, use.signsIn()));
                }
              }
            });
  }

  private static List<Visit> numbered(Story story, List<Plan> plans, Dice dice) {
    Map<String, Integer> visits = new HashMap<>();
    Set<String> signedIn = new HashSet<>();
    List<Visit> numbered = new ArrayList<>();
    for (Plan plan : plans) {
      String cookie = plan.device().cookie();
      int number = visits.merge(cookie, 1, Integer::sum);
      Past past = new Past(number - 1, signedIn.contains(cookie));
      Identity identity = identity(story, plan, past, dice);
      if (identity == Identity.SIGNS_IN) {
        signedIn.add(cookie);
      }
      Occasion occasion = plan.occasion();
      numbered.add(
          new Visit(
              plan.at(), plan.device(), occasion.origin(), number, occasion.purpose(), identity));
    }
    return numbered;
  }

  private static Identity identity(Story story, Plan plan, Past past, Dice dice) {
    if (plan.device().isShared()) {
      return plan.signsIn() ? Identity.SIGNED_IN : Identity.COOKIE;
    }
    boolean buys = plan.occasion().purpose() == Purpose.BUY;
    if (!buys && dice.chance(story.kind().isKnown() ? 0.03 : 0.08)) {
      return Identity.REFUSED;
    }
    if (!story.person().traits().hasAccount()) {
      return Identity.COOKIE;
    }
    if (past.signedIn()) {
      return buys || dice.chance(0.85) ? Identity.SIGNED_IN : Identity.COOKIE;
    }
    return buys || past.visits() >= plan.device().signsInAt() ? Identity.SIGNS_IN : Identity.COOKIE;
  }

  private static LocalDate day(Instant at) {
    return at.atZone(SampleRules.ZONE).toLocalDate();
  }
}
