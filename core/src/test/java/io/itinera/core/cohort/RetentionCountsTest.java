package io.itinera.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.cohort.CohortRules.By;
import io.itinera.core.cohort.CohortRules.Periods;
import io.itinera.core.cohort.CohortRules.Unit;
import io.itinera.core.cohort.CohortRules.Way;
import io.itinera.core.cohort.RetentionCounts.Place;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionCountsTest {

  private static final CohortRules RULES =
      new CohortRules(List.of(By.values()), List.of(Unit.values()), List.of(Periods.values()), 4);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void countsEqualThoseOfAPlainLookAtEachDayAndWeek(long seed) {
    Random random = new Random(seed);
    RetentionCounts counts = new RetentionCounts(RULES);
    Map<Place, long[]> expected = new HashMap<>();
    for (int customer = 0; customer < 40; customer++) {
      // Day to its orders.
      SortedMap<LocalDate, Integer> days = new TreeMap<>();
      LocalDate from = LocalDate.of(2023, 1, 20).plusDays(random.nextInt(30));
      for (int day = random.nextInt(12); day >= 0; day--) {
        days.put(from.plusDays(random.nextInt(150)), Math.max(0, random.nextInt(4) - 1));
      }
      days.forEach((day, orders) -> counts.add((int) day.toEpochDay(), orders, orders * 7L - 3));
      counts.end();
      expectCohorts(days, expected);
      expectWeeks(new ArrayList<>(days.keySet()), expected);
    }

    assertThat(readable(counts.counts())).isEqualTo(readable(expected));
  }

  private static void expectCohorts(
      SortedMap<LocalDate, Integer> days, Map<Place, long[]> expected) {
    for (Way way : RULES.ways()) {
      LocalDate start =
          days.keySet().stream()
              .filter(day -> way.by() == By.FIRST_TOUCH || days.get(day) > 0)
              .findFirst()
              .orElse(null);
      if (start == null) {
        continue;
      }
      LocalDate cohort = first(way.unit(), start);
      LocalDate origin = way.periods() == Periods.ROLLING ? start : cohort;
      for (int period = 0; period < RULES.mostPeriods(); period++) {
        SortedMap<LocalDate, Integer> within =
            days.subMap(after(way.unit(), origin, period), after(way.unit(), origin, period + 1));
        if (!within.isEmpty()) {
          long[] numbers = at(expected, RULES.ways().indexOf(way), cohort, period);
          numbers[RetentionCounts.ACTIVE]++;
          within.values().forEach(orders -> numbers[RetentionCounts.ORDERS] += orders);
          within.values().forEach(orders -> numbers[RetentionCounts.REST] += orders * 7L - 3);
        }
      }
    }
  }

  private static void expectWeeks(List<LocalDate> days, Map<Place, long[]> expected) {
    LocalDate begin = first(Unit.WEEK, days.get(0));
    for (LocalDate week = begin; week.isBefore(begin.plusYears(1)); week = week.plusWeeks(1)) {
      long now = active(days, week, 1);
      long before = active(days, week.minusWeeks(1), 1);
      long month = active(days, week.minusWeeks(3), 4);
      if (month == 0) {
        continue;
      }
      long[] numbers = at(expected, RetentionCounts.WEEK, week, 0);
      numbers[RetentionCounts.OF_MONTH]++;
      numbers[RetentionCounts.DAYS] += now;
      if (now == 0) {
        numbers[RetentionCounts.DORMANT] += before > 0 ? 1 : 0;
      } else if (week.equals(begin)) {
        numbers[RetentionCounts.NEW]++;
      } else {
        numbers[before > 0 ? RetentionCounts.RETURNING : RetentionCounts.RESURRECTED]++;
      }
    }
  }

  private static long active(List<LocalDate> days, LocalDate monday, int weeks) {
    return days.stream()
        .filter(day -> !day.isBefore(monday) && day.isBefore(monday.plusWeeks(weeks)))
        .count();
  }

  private static LocalDate first(Unit unit, LocalDate day) {
    return unit == Unit.WEEK
        ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
        : day.withDayOfMonth(1);
  }

  private static LocalDate after(Unit unit, LocalDate day, int count) {
    return unit == Unit.WEEK ? day.plusWeeks(count) : day.plusMonths(count);
  }

  private static long[] at(Map<Place, long[]> expected, int way, LocalDate first, int period) {
    return expected.computeIfAbsent(
        new Place(way, (int) first.toEpochDay(), period), key -> new long[RetentionCounts.NUMBERS]);
  }

  private static Map<String, List<Long>> readable(Map<Place, long[]> counts) {
    Map<String, List<Long>> readable = new TreeMap<>();
    counts.forEach(
        (place, numbers) ->
            readable.put(place.toString(), Arrays.stream(numbers).boxed().toList()));
    return readable;
  }
}
