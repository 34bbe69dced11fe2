package io.itinera.core.cohort;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.months_between;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.trunc;

import io.itinera.core.table.TableWord;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Which cohorts are followed, and how far.
 *
 * @param by what a customer begins with
 * @param units how long a cohort's beginning and its periods are
 * @param periods what a period is counted from
 * @param mostPeriods so many periods are followed, the one of the beginning among them
 */
public record CohortRules(List<By> by, List<Unit> units, List<Periods> periods, int mostPeriods) {

  private static final int WEEK = 7;

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
      @Override
      Column first(Column day) {
        return to_date(trunc(day, "week"));
      }

      @Override
      Column between(Column from, Column to) {
        return floor(datediff(to, from).divide(CohortRules.WEEK)).cast("int");
      }

      @Override
      Column after(Column day, Column count) {
        return date_add(day, count.multiply(CohortRules.WEEK));
      }
    },

    /** A month of the calendar, or up to the same day of the next; the last, if it has no such. */
    MONTH {
      @Override
      Column first(Column day) {
        return to_date(trunc(day, "month"));
      }

      @Override
      Column between(Column from, Column to) {
        return floor(months_between(to, from)).cast("int");
      }

      @Override
      Column after(Column day, Column count) {
        return add_months(day, count);
      }
    };

    /** The first day of the week or month of {@code day}. */
    abstract Column first(Column day);

    /** How many whole ones there are from {@code from} to {@code to}. */
    abstract Column between(Column from, Column to);

    /** The day {@code count} of them after {@code day}. */
    abstract Column after(Column day, Column count);
  }

  /** One way to tell cohorts and periods. */
  record Way(By by, Unit unit, Periods periods) {

    /** The first day of the week or month in which {@code start} is. */
    Column cohort(Column start) {
      return unit.first(start);
    }

    /** The period of {@code day}, 0 for the one of {@code start}. */
    Column period(Column start, Column day) {
      return periods == Periods.ROLLING
          ? unit.between(start, day)
          : unit.between(unit.first(start), unit.first(day));
    }

    /** The last day on which somebody of the cohort can be in the period. */
    Column lastDay(Column cohort, Column period) {
      Column next = period.plus(1);
      Column lastStart = date_add(unit.after(cohort, lit(1)), -1);
      return periods == Periods.ROLLING
          ? date_add(unit.after(lastStart, next), -1)
          : date_add(unit.after(cohort, next), -1);
    }
  }

  /** Whether no cohort is followed. */
  public boolean areNone() {
    return by.isEmpty() || units.isEmpty() || periods.isEmpty();
  }

  Stream<Way> ways() {
    return by.stream()
        .flatMap(
            each ->
                units.stream()
                    .flatMap(unit -> periods.stream().map(from -> new Way(each, unit, from))));
  }
}
