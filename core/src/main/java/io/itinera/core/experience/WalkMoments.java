package io.itinera.core.experience;

import io.itinera.core.experience.Moment.Place;
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
  private final Set<String> contactChannels;
  private final Map<Place, PlaceSums> places = new HashMap<>();
  private final Map<Place, String> steps = new HashMap<>();

  /**
   * @param horizon how long a conversion still is because of a touchpoint
   * @param end first instant of which nothing is known, in microseconds
   */
  WalkMoments(Duration horizon, long end, Set<String> contactChannels) {
    this.horizon = micros(horizon);
    this.end = end;
    this.contactChannels = contactChannels;
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

  /** Counts all touchpoints of one customer, in their order. */
  void add(List<Moment> moments) {
    int[] conversions = nextConversions(moments);
    Set<Place> met = new HashSet<>();
    Map<Place, Set<Integer>> led = new HashMap<>();
    boolean isCustomer = false;
    for (int i = 0; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      PlaceSums sums = places.computeIfAbsent(moment.place(), place -> new PlaceSums());
      boolean isFirst = met.add(moment.place());
      boolean converts = conversions[i] >= 0;
      // Who converts sooner than the horizon is over would be counted before who does not.
      boolean isOver = moment.micros() + horizon < end;
      Set<String> pains = pains(moments, i);
      sums.count(moment, isFirst, pains);
      countNext(moments, i, sums);
      if (isOver) {
        boolean isSilent = !returns(moments, i);
        sums.decided++;
        sums.converted += converts ? 1 : 0;
        sums.followed += moment.isConversion() ? 0 : 1;
        sums.left += !moment.isConversion() && isSilent ? 1 : 0;
        if (isFirst && !moment.isConversion()) {
          String stratum = stratum(isCustomer, i);
          PlaceSums.compare(sums.strata, stratum, pains.isEmpty(), converts);
          PlaceSums.compare(sums.silences, stratum, pains.isEmpty(), isSilent);
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

  private Set<String> pains(List<Moment> moments, int at) {
    Moment moment = moments.get(at);
    List<String> found = new ArrayList<>();
    if (at >= 2
        && isSame(moment, moments.get(at - 1))
        && isSame(moment, moments.get(at - 2))
        && isWithin(moments.get(at - 2), moment, ExperienceRules.RAGE)) {
      found.add(RAGE);
    }
    if (at >= 2
        && moment.location() != null
        && isSame(moment, moments.get(at - 2))
        && !isSame(moment, moments.get(at - 1))
        && isWithin(moments.get(at - 2), moment, ExperienceRules.BACKTRACK)) {
      found.add(BACKTRACKING);
    }
    if (contactChannels.contains(moment.place().channel()) && failedBefore(moments, at)) {
      found.add(CONTACT);
    }
    if (found.isEmpty()) {
      return moment.pains();
    }
    Set<String> pains = new TreeSet<>(moment.pains());
    pains.addAll(found);
    return pains;
  }

  private static boolean failedBefore(List<Moment> moments, int at) {
    for (int i = at - 1; i >= 0; i--) {
      if (!isWithin(moments.get(i), moments.get(at), ExperienceRules.CONTACT)) {
        return false;
      }
      if (moments.get(i).fails()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Moment one, Moment other) {
    return one.place().equals(other.place())
        && (one.location() == null
            ? other.location() == null
            : one.location().equals(other.location()));
  }

  private static boolean isWithin(Moment one, Moment later, Duration time) {
    return later.micros() - one.micros() <= micros(time);
  }
}
