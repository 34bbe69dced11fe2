package io.itinera.core.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** When people come: weekdays, months and the shop's sales. */
final class Season {

  private static final double HIGHEST_WEIGHT = 9;

  /** A sale; the days are month times 100 plus day of the month, both included. */
  private record Sale(String campaign, int from, int to) {}

  private static final List<Sale> SALES =
      List.of(
          new Sale("winter_sale", 102, 212),
          new Sale("spring_fair", 310, 323),
          new Sale("easter_deals", 408, 421),
          new Sale("summer_sale", 620, 715),
          new Sale("back_to_school", 820, 910),
          new Sale("black_week", 1120, 1130),
          new Sale("christmas", 1201, 1223));

  private Season() {}

  /** The campaign of the sale on {@code day}, if there is one. */
  static Optional<String> sale(LocalDate day) {
    int number = day.getMonthValue() * 100 + day.getDayOfMonth();
    return SALES.stream()
        .filter(sale -> sale.from() <= number && number <= sale.to())
        .map(Sale::campaign)
        .findFirst();
  }

  /** A day from the period's first to {@code until}, more likely in season. */
  static LocalDate pickDay(Dice dice, SampleRules rules, PlantedKind kind, LocalDate until) {
    int days = (int) (until.toEpochDay() - rules.firstDay().toEpochDay()) + 1;
    LocalDate day = rules.firstDay().plusDays(dice.below(Math.max(1, days)));
    for (int tries = 0; tries < 40 && !dice.chance(weight(day, kind) / HIGHEST_WEIGHT); tries++) {
      day = rules.firstDay().plusDays(dice.below(Math.max(1, days)));
    }
    return day;
  }

  private static double weight(LocalDate day, PlantedKind kind) {
    double weekday =
        switch (day.getDayOfWeek()) {
          case SATURDAY -> 1.5;
          case FRIDAY -> 1.2;
          case SUNDAY -> 1.1;
          default -> 1.0;
        };
    if (sale(day).isEmpty()) {
      return weekday;
    }
    return weekday * (kind == PlantedKind.BARGAIN_HUNTER ? 6 : 1.6);
  }

  /** The next day on which stores are open. */
  static LocalDate openDay(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.plusDays(1) : day;
  }
}
