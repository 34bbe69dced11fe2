package io.itinera.core.cohort;

import static io.itinera.core.cohort.RetentionCounts.ACTIVE;
import static io.itinera.core.cohort.RetentionCounts.BILLION;
import static io.itinera.core.cohort.RetentionCounts.BILLIONS;
import static io.itinera.core.cohort.RetentionCounts.DAYS;
import static io.itinera.core.cohort.RetentionCounts.DORMANT;
import static io.itinera.core.cohort.RetentionCounts.NEW;
import static io.itinera.core.cohort.RetentionCounts.OF_MONTH;
import static io.itinera.core.cohort.RetentionCounts.ORDERS;
import static io.itinera.core.cohort.RetentionCounts.REST;
import static io.itinera.core.cohort.RetentionCounts.RESURRECTED;
import static io.itinera.core.cohort.RetentionCounts.RETURNING;
import static io.itinera.core.cohort.RetentionCounts.WEEK;
import static java.util.Comparator.comparingInt;

import io.itinera.core.cohort.CohortRules.Way;
import io.itinera.core.cohort.RetentionCounts.Place;
import io.itinera.core.rule.Money;
import io.itinera.core.table.Cohorts;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.LifecycleWeeks;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What came of following customers, as rows of tables. */
public final class RetentionReport {

  /** Digits of money behind the point. */
  static final int SCALE = ColumnTypes.MONEY.scale();

  private static final int DAYS_OF_WEEK = 7;
  private static final long[] NOBODY = new long[RetentionCounts.NUMBERS];

  private final Map<Place, long[]> counts =
      new TreeMap<>(
          comparingInt(Place::way).thenComparingInt(Place::first).thenComparingInt(Place::period));
  private final int today;
  private final CohortRules rules;

  private RetentionReport(LocalDate asOf, CohortRules rules) {
    this.today = (int) asOf.toEpochDay();
    this.rules = rules;
  }

  /** Of rows of {@link TallyRetention#SCHEMA}, a place once. */
  static RetentionReport of(List<Row> rows, LocalDate asOf, CohortRules rules) {
    RetentionReport report = new RetentionReport(asOf, rules);
    rows.forEach(row -> report.counts.put(TallyRetention.place(row), TallyRetention.numbers(row)));
    return report;
  }

  /**
   * Rows of {@link Cohorts}: one per cohort and period, up to the period in which the night is; of
   * zeros where nobody was active.
   */
  public List<Row> cohorts() {
    List<Row> rows = new ArrayList<>();
    List<Way> ways = rules.ways();
    counts.forEach(
        (place, numbers) -> {
          // Everybody is active when they begin.
          if (place.way() != WEEK && place.period() == 0) {
            addPeriods(ways.get(place.way()), place, numbers[ACTIVE], rows);
          }
        });
    return rows;
  }

  private void addPeriods(Way way, Place begin, long customers, List<Row> rows) {
    int last = Math.min(way.period(begin.first(), today), rules.mostPeriods() - 1);
    for (int period = 0; period <= last; period++) {
      long[] numbers = counts.getOrDefault(new Place(begin.way(), begin.first(), period), NOBODY);
      rows.add(
          RowFactory.create(
              date(today),
              way.by().text(),
              way.unit().text(),
              way.periods().text(),
              date(begin.first()),
              period,
              customers,
              numbers[ACTIVE],
              numbers[ORDERS],
              value(numbers),
              way.lastDay(begin.first(), period) <= today));
    }
  }

  private static BigDecimal value(long... numbers) {
    return Money.of(
        BigDecimal.valueOf(numbers[BILLIONS])
            .multiply(BigDecimal.valueOf(BILLION))
            .add(BigDecimal.valueOf(numbers[REST]))
            .movePointLeft(SCALE));
  }

  /**
   * Rows of {@link LifecycleWeeks}: one per week that is over, from Monday to Sunday, unless nobody
   * was active in it and the three before it.
   */
  public List<Row> weeks() {
    List<Row> rows = new ArrayList<>();
    counts.forEach(
        (place, numbers) -> {
          if (place.way() == WEEK && place.first() + DAYS_OF_WEEK - 1 <= today) {
            rows.add(week(place.first(), numbers));
          }
        });
    return rows;
  }

  private Row week(int monday, long[] numbers) {
    double daily = (double) numbers[DAYS] / DAYS_OF_WEEK;
    return RowFactory.create(
        date(today),
        date(monday),
        numbers[NEW] + numbers[RETURNING] + numbers[RESURRECTED],
        numbers[NEW],
        numbers[RETURNING],
        numbers[RESURRECTED],
        numbers[DORMANT],
        daily,
        numbers[OF_MONTH],
        numbers[OF_MONTH] > 0 ? daily / numbers[OF_MONTH] : null);
  }

  private static Date date(int day) {
    return Date.valueOf(LocalDate.ofEpochDay(day));
  }
}
