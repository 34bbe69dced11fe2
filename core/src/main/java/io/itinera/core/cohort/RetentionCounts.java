package io.itinera.core.cohort;

import io.itinera.core.cohort.CohortRules.By;
import io.itinera.core.cohort.CohortRules.Periods;
import io.itinera.core.cohort.CohortRules.Unit;
import io.itinera.core.cohort.CohortRules.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows customers day by day, and counts them in cohorts and weeks. A customer's days come in
 * order, one customer after the other.
 *
 * <p>Who is active in a week is new if never seen before, returning if active the week before, else
 * resurrected; who was active the week before and is not is dormant. In four weeks a customer
 * counts once: with the last week in which they were active.
 */
final class RetentionCounts {

  /** Stands for the way of counts that are of a week. */
  static final int WEEK = -1;

  /**
   * Numbers of a period of a cohort. Values are in ten thousandths of the currency, in billions of
   * them and what is left: a few of the largest amounts would go beyond one number.
   */
  static final int ACTIVE = 0;

  static final int ORDERS = 1;
  static final int BILLIONS = 2;
  static final int REST = 3;

  /** Numbers of a week. */
  static final int NEW = 0;

  static final int RETURNING = 1;
  static final int RESURRECTED = 2;
  static final int DORMANT = 3;
  static final int DAYS = 4;
  static final int OF_MONTH = 5;

  static final int NUMBERS = 6;

  static final long BILLION = 1_000_000_000;

  private static final int WEEKS_OF_MONTH = 4;
  private static final int NEVER = Integer.MAX_VALUE;

  private final List<Followed> followed;
  private final int mostPeriods;
  private final Map<Place, long[]> counts = new HashMap<>();

  private boolean isSeen;
  private int week;
  private int weeksSinceLast;
  private long daysOfWeek;

  RetentionCounts(CohortRules rules) {
    List<Way> ways = rules.ways();
    followed = ways.stream().map(way -> new Followed(ways.indexOf(way), way)).toList();
    mostPeriods = rules.mostPeriods();
  }

  /**
   * What is counted together.
   *
   * @param way its number among those of the rules, or {@link #WEEK}
   * @param first first day of the cohort, or of the week
   * @param period 0 of a week
   */
  record Place(int way, int first, int period) {}

  /** The customer at hand was active on this day. */
  void add(int day, long orders, long value) {
    followed.forEach(each -> each.add(day, orders, value));
    int monday = Unit.WEEK.first(day);
    if (isSeen && monday == week) {
      daysOfWeek++;
      return;
    }
    int weeks = isSeen ? Unit.WEEK.between(week, monday) : NEVER;
    if (isSeen) {
      endWeek(weeks);
    }
    isSeen = true;
    week = monday;
    weeksSinceLast = weeks;
    daysOfWeek = 1;
  }

  /** That was the customer's last day; the next one is another customer's. */
  void end() {
    followed.forEach(Followed::end);
    if (isSeen) {
      endWeek(NEVER);
    }
    isSeen = false;
  }

  Map<Place, long[]> counts() {
    return counts;
  }

  private void endWeek(int weeksToNext) {
    long[] here = at(new Place(WEEK, week, 0));
    here[weeksSinceLast == NEVER ? NEW : weeksSinceLast == 1 ? RETURNING : RESURRECTED]++;
    here[DAYS] += daysOfWeek;
    if (weeksToNext > 1) {
      at(new Place(WEEK, Unit.WEEK.after(week, 1), 0))[DORMANT]++;
    }
    for (int later = 0; later < Math.min(WEEKS_OF_MONTH, weeksToNext); later++) {
      at(new Place(WEEK, Unit.WEEK.after(week, later), 0))[OF_MONTH]++;
    }
  }

  private long[] at(Place place) {
    return counts.computeIfAbsent(place, key -> new long[NUMBERS]);
  }

  /** The customer at hand, in one way to tell cohorts and periods. */
  private final class Followed {
    private final int number;
    private final Way way;
    private boolean hasBegun;
    private int start;
    private int cohort;
    private int period;
    private long orders;
    private long billions;
    private long rest;

    private Followed(int number, Way way) {
      this.number = number;
      this.way = way;
    }

    private void add(int day, long moreOrders, long moreValue) {
      if (!hasBegun) {
        if (way.by() == By.FIRST_ORDER && moreOrders <= 0) {
          waitFor(day, moreValue);
          return;
        }
        hasBegun = true;
        if (!isSameBegin(day)) {
          forgetValue();
        }
        start = day;
        cohort = way.cohort(day);
        period = 0;
      }
      int now = way.period(start, day);
      if (now != period) {
        endPeriod();
        period = now;
      }
      orders += moreOrders;
      addValue(moreValue);
    }

    private void addValue(long more) {
      billions += more / BILLION;
      rest += more % BILLION;
    }

    private void forgetValue() {
      billions = 0;
      rest = 0;
    }

    /** A period of the calendar holds what was in it before the first order, such as refunds. */
    private void waitFor(int day, long moreValue) {
      if (!isSameBegin(day)) {
        forgetValue();
      }
      addValue(moreValue);
      cohort = way.cohort(day);
    }

    private boolean isSameBegin(int day) {
      return way.periods() == Periods.CALENDAR && cohort == way.cohort(day);
    }

    private void end() {
      if (hasBegun) {
        endPeriod();
      }
      hasBegun = false;
      forgetValue();
    }

    private void endPeriod() {
      if (period < mostPeriods) {
        long[] here = at(new Place(number, cohort, period));
        here[ACTIVE]++;
        here[ORDERS] += orders;
        here[BILLIONS] += billions;
        here[REST] += rest;
      }
      orders = 0;
      forgetValue();
    }
  }
}
