package io.itinera.core.experience;

import io.itinera.core.experience.Moment.Place;
import io.itinera.core.rule.OrderLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts, along the touchpoints of one customer after the other, what the journey map tells. */
final class WalkMoments {

  static final String RAGE = "rage";
  static final String BACKTRACKING = "backtracking";
  static final String CONTACT = "contact_after_failure";

  private static final int MICROS_OF_SECOND = 1_000_000;
  private static final long MOST_SECONDS = 36_000;
  private static final String EXIT = "(exit)";

  private final long horizon;
  private final long end;
  private final Contacts contactCentre;
  private final Map<Place, PlaceSums> places = new HashMap<>();
  private final Map<Place, String> steps = new HashMap<>();

  /**
   * @param horizon how long a conversion still is because of a touchpoint
   * @param end first instant of which nothing is known, in microseconds
   */
  WalkMoments(Duration horizon, long end, Set<String> contactChannels) {
    this.horizon = micros(horizon);
    this.end = end;
    this.contactCentre = new Contacts(contactChannels);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }

  /** What was counted, by place, in their order. */
  Map<Place, PlaceSums> places() {
    Map<Place, PlaceSums> inOrder = new TreeMap<>(PlaceSums.ORDER);
    inOrder.putAll(places);
    return inOrder;
  }

  /** Counts all touchpoints of one customer, in their order; lines of one order are one. */
  void add(List<Moment> lines) {
    List<Moment> moments = touches(lines);
    int[] conversions = nextConversions(moments);
    List<Set<String>> allPains = pains(moments);
    Set<Place> met = new HashSet<>();
    Map<Place, Set<Integer>> led = new HashMap<>();
    boolean isCustomer = false;
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      PlaceSums sums = places.get(moment.place());
      boolean isFirst = met.add(moment.place());
      boolean converts = conversions[i] >= 0;
      // Who converts sooner than the horizon is over would be counted before who does not.
      boolean isOver = moment.micros() + horizon < end;
      sums.count(moment, isFirst);
      countNext(moments, i, sums);
      if (isOver) {
        boolean isSilent = !returns(moments, i);
        sums.decided++;
        sums.converted += converts ? 1 : 0;
        sums.followed += moment.isConversion() ? 0 : 1;
        sums.left += !moment.isConversion() && isSilent ? 1 : 0;
        if (isFirst && !moment.isConversion()) {
          String stratum = stratum(isCustomer, i);
          boolean isGood = allPains.get(i).isEmpty();
          PlaceSums.compare(sums.strata, stratum, isGood, converts);
          PlaceSums.compare(sums.silences, stratum, isGood, isSilent);
        }
      }
      if (converts) {
        led.computeIfAbsent(moment.place(), place -> new HashSet<>()).add(conversions[i]);
      }
      isCustomer |= moment.isConversion();
    }
    led.forEach(
        (place, places0) ->
            places0.forEach(at -> places.get(place).atStake += moments.get(at).value()));
  }

  /** Lines of one order as one: in parts it would follow on itself, and bring a part only. */
  private static List<Moment> touches(List<Moment> lines) {
    List<Moment> touches = new ArrayList<>(lines.size());
    OrderLines orders = new OrderLines();
    for (Moment line : lines) {
      int place = orders.touch(touches.size(), line.line(), line.micros());
      if (place == touches.size()) {
        touches.add(line);
      } else {
        touches.set(place, touches.get(place).and(line));
      }
    }
    return touches;
  }

  /** Customers who are alike before they come to a place: buyers or not, by how much they did. */
  private static String stratum(boolean isCustomer, int before) {
    int much = before == 0 ? 0 : before < 5 ? 1 : before < 20 ? 2 : 3;
    return (isCustomer ? "customer " : "prospect ") + much;
  }

  /** Of each touchpoint the conversion that follows within the horizon, −1 for none. */
  private int[] nextConversions(List<Moment> moments) {
    int[] nexts = new int[moments.size()];
    int next = -1;
    for (int i = moments.size() - 1; i >= 0; i--) {
      boolean isNear = next >= 0 && moments.get(next).micros() - moments.get(i).micros() <= horizon;
      nexts[i] = isNear ? next : -1;
      next = moments.get(i).isConversion() ? i : next;
    }
    return nexts;
  }

  private void countNext(List<Moment> moments, int at, PlaceSums sums) {
    Moment moment = moments.get(at);
    Moment next = at + 1 < moments.size() ? moments.get(at + 1) : null;
    boolean goesOn =
        next != null && next.micros() - moment.micros() <= micros(ExperienceRules.VISIT);
    sums.nexts.merge(
        goesOn ? steps.computeIfAbsent(next.place(), Place::step) : EXIT, 1L, Long::sum);
    if (moment.seconds() != null) {
      sums.took(Math.min(moment.seconds(), MOST_SECONDS));
    } else if (goesOn) {
      sums.took((next.micros() - moment.micros()) / MICROS_OF_SECOND);
    }
  }

  /** Whether something comes within the horizon. */
  private boolean returns(List<Moment> moments, int at) {
    return at + 1 < moments.size()
        && moments.get(at + 1).micros() - moments.get(at).micros() <= horizon;
  }

  /** What hurt at each touchpoint; counts it, too, of one contact once. */
  private List<Set<String>> pains(List<Moment> moments) {
    List<Set<String>> all = new ArrayList<>(moments.size());
    int[] contacts = contactCentre.numbers(moments);
    Map<Place, Map<Integer, Set<String>>> known = new HashMap<>();
    int begun = 0;
    Moment failed = null;
    for (int i = 0; i < contacts.length; i++) {
      Moment moment = moments.get(i);
      boolean begins = contacts[i] == begun;
      begun += begins ? 1 : 0;
      boolean isAfterFailure =
          begins && failed != null && moment.isWithin(ExperienceRules.CONTACT, failed);
      Set<String> pains =
          with(
              isAfterFailure ? CONTACT : null, with(repeats(moments, i, contacts), moment.pains()));
      failed = moment.fails() ? moment : failed;
      PlaceSums sums = places.computeIfAbsent(moment.place(), place -> new PlaceSums());
      if (contacts[i] == Contacts.NONE) {
        sums.countPains(pains, null);
      } else {
        Map<Integer, Set<String>> there =
            known.computeIfAbsent(moment.place(), place -> new HashMap<>());
        sums.countPains(pains, there.get(contacts[i]));
        there.computeIfAbsent(contacts[i], contact -> new TreeSet<>()).addAll(pains);
      }
      all.add(pains);
    }
    return all;
  }

  private static Set<String> with(String pain, Set<String> pains) {
    if (pain == null) {
      return pains;
    }
    Set<String> all = new TreeSet<>(pains);
    all.add(pain);
    return all;
  }

  /**
   * What hurts because it comes again, null if nothing; messages of one contact are not the same
   * again.
   */
  private static String repeats(List<Moment> moments, int at, int... contacts) {
    boolean isOneContact =
        at < 2 || (contacts[at] != Contacts.NONE && contacts[at] == contacts[at - 2]);
    if (isOneContact || !isSame(moments.get(at), moments.get(at - 2))) {
      return null;
    }
    Moment moment = moments.get(at);
    Moment first = moments.get(at - 2);
    boolean isBetween = isSame(moment, moments.get(at - 1));
    if (isBetween && moment.isWithin(ExperienceRules.RAGE, first)) {
      return RAGE;
    }
    boolean isBack = !isBetween && moment.location() != null;
    return isBack && moment.isWithin(ExperienceRules.BACKTRACK, first) ? BACKTRACKING : null;
  }

  private static boolean isSame(Moment one, Moment other) {
    return one.place().equals(other.place())
        && (one.location() == null
            ? other.location() == null
            : one.location().equals(other.location()));
  }
}
