package io.itinera.core.cohort;

import io.itinera.core.table.TableWord;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * Which cohorts are followed, and how far. Days are counted from 1970 on.
 *
 * @param by what a customer begins with
 * @param units how long a cohort's beginning and its periods are
 * @param periods what a period is counted from
 * @param mostPeriods so many periods are followed, the one of the beginning among them
 */
public record CohortRules(List<By> by, List<Unit> units, List<Periods> periods, int mostPeriods)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  public CohortRules {
    by = by.stream().distinct().toList();
    units = units.stream().distinct().toList();
    periods = periods.stream().distinct().toList();
    if (mostPeriods < 1) {
      throw new IllegalArgumentException("most-periods must be at least 1, was " + mostPeriods);
    }
  }

  /** What a customer begins with. */
  public enum By implements TableWord {
    FIRST_TOUCH,
    FIRST_ORDER
  }

  /** What a period is counted from. */
  public enum Periods implements TableWord {
    /** Weeks from Monday, months from the first, whenever in it a customer began. */
    CALENDAR,

    /** Each customer's own first day. */
    ROLLING
  }

  /** How long a cohort's beginning and its periods are. */
  public enum Unit implements TableWord {
    /** From Monday to Sunday, or seven days. */
    WEEK {
      private static final int DAYS = 7;

      /** 5 January 1970. */
      private static final int MONDAY = 4;

      @Override
      int first(int day) {
        return day - Math.floorMod(day - MONDAY, DAYS);
      }

      @Override
      int between(int from, int to) {
        return Math.floorDiv(to - from, DAYS);
      }

      @Override
      int after(int day, int count) {
        return day + count * DAYS;
      }
    },

    /** A month of the calendar, or up to the same day of the next; the last, if it has no such. */
    MONTH {
      private static final int MONTHS = 12;

      @Override
      int first(int day) {
        return day - LocalDate.ofEpochDay(day).getDayOfMonth() + 1;
      }

      @Override
      int between(int from, int to) {
        LocalDate first = LocalDate.ofEpochDay(from);
        LocalDate last = LocalDate.ofEpochDay(to);
        int months =
            (last.getYear() - first.getYear()) * MONTHS
                + last.getMonthValue()
                - first.getMonthValue();
        return first.plusMonths(months).isAfter(last) ? months - 1 : months;
      }

      @Override
      int after(int day, int count) {
        return (int) LocalDate.ofEpochDay(day).plusMonths(count).toEpochDay();
      }
    };

    /** The first day of the week or month of {@code day}. */
    abstract int first(int day);

    /** How many whole ones there are from {@code from} to {@code to}. */
    abstract int between(int from, int to);

    /** The day {@code count} of them after {@code day}. */
    abstract int after(int day, int count);
  }

  /** One way to tell cohorts and periods. */
  record Way(By by, Unit unit, Periods periods) {

    /** The first day of the week or month in which {@code start} is. */
    int cohort(int start) {
      return unit.first(start);
    }

    /** The period of {@code day}, 0 for the one of {@code start}. */
    int period(int start, int day) {
      return periods == Periods.ROLLING
          ? unit.between(start, day)
          : unit.between(unit.first(start), unit.first(day));
    }

    /** The last day on which somebody of the cohort can be in the period. */
    int lastDay(int cohort, int period) {
      int lastStart = unit.after(cohort, 1) - 1;
      return unit.after(periods == Periods.ROLLING ? lastStart : cohort, period + 1) - 1;
    }
  }

  List<Way> ways() {
    return by.stream()
        .flatMap(
            each ->
                units.stream()
                    .flatMap(unit -> periods.stream().map(from -> new Way(each, unit, from))))
        .toList();
  }
}
