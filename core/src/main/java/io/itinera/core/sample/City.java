package io.itinera.core.sample;

import java.util.List;

/** A city where customers live. */
record City(String name, String region, String country, String postalPrefix, String zone) {

  private static final String BERLIN_TIME = "Europe/Berlin";
  private static final String GERMANY = "Germany";

  private static final List<City> GERMAN =
      List.of(
          new City("Berlin", "Berlin", GERMANY, "10", BERLIN_TIME),
          new City("Hamburg", "Hamburg", GERMANY, "20", BERLIN_TIME),
          new City("Leipzig", "Saxony", GERMANY, "04", BERLIN_TIME),
          new City("Dresden", "Saxony", GERMANY, "01", BERLIN_TIME),
          new City("Köln", "North Rhine-Westphalia", GERMANY, "50", BERLIN_TIME),
          new City("München", "Bavaria", GERMANY, "80", BERLIN_TIME),
          new City("Stuttgart", "Baden-Wurttemberg", GERMANY, "70", BERLIN_TIME));

  private static final List<City> ABROAD =
      List.of(
          new City("Wien", "Vienna", "Austria", "10", "Europe/Vienna"),
          new City("Graz", "Styria", "Austria", "80", "Europe/Vienna"),
          new City("Basel", "Basel-City", "Switzerland", "40", "Europe/Zurich"),
          new City("London", "England", "United Kingdom", "", "Europe/London"));

  static City pick(Dice dice) {
    return dice.pick(dice.chance(0.88) ? GERMAN : ABROAD);
  }

  String postalCode(Dice dice) {
    return switch (country) {
      case GERMANY -> postalPrefix + "%03d".formatted(dice.between(115, 999));
      case "United Kingdom" -> "SW%dA %dAA".formatted(dice.between(1, 9), dice.between(1, 9));
      default -> postalPrefix + dice.between(10, 99);
    };
  }

  boolean isAustrian() {
    return country.equals("Austria");
  }
}
