package io.itinera.core.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the company's people.
 *
 * @param number from 0; everything about a person follows from it and the seed
 */
record Person(
    long number,
    Traits traits,
    Household household,
    Name name,
    LocalDate birthDate,
    Address address,
    List<Device> devices,
    Ids ids) {

  /** Given and family name. */
  record Name(String first, String last) {}

  /** Where somebody lives. */
  record Address(String street, String postalCode, City city) {}

  /** The person's numbers in the company's systems, and its own e-mail address and telephone. */
  record Ids(String email, String phone, String account, String card, String contact) {

    private static Ids of(long scrambled, String email, String phone) {
      return new Ids(
          email,
          phone,
          "U" + Long.toString(scrambled, 36).toUpperCase(Locale.ROOT),
          "98" + Numbering.digits(scrambled),
          Numbering.salesforceId("003", scrambled));
    }
  }

  private static final List<String> FIRST_NAMES =
      List.of(
          "Anna", "Ben", "Clara", "David", "Emilia", "Felix", "Greta", "Hannes", "Ida", "Jonas",
          "Karla", "Lukas", "Marie", "Noah", "Ole", "Paula", "Ruth", "Sören", "Thea", "Uwe", "Vera",
          "Yusuf", "Zoé", "Jürgen", "Aylin", "Mehmet", "Olga", "Piotr", "Giulia", "Björn");

  private static final List<String> LAST_NAMES =
      List.of(
          "Müller",
          "Schmidt",
          "Schneider",
          "Fischer",
          "Weber",
          "Meyer",
          "Wagner",
          "Becker",
          "Schulz",
          "Hoffmann",
          "Koch",
          "Richter",
          "Klein",
          "Wolf",
          "Schröder",
          "Neumann",
          "Schwarz",
          "Zimmermann",
          "Krüger",
          "Hofmann",
          "Lange",
          "Krause",
          "Yılmaz",
          "Kowalski",
          "Nguyen",
          "Rossi",
          "Novák",
          "Groß",
          "Böhm",
          "Jansen");

  private static final List<String> STREETS =
      List.of("Lindenstraße", "Hauptstraße", "Gartenweg", "Am Markt", "Bergstraße", "Schulgasse");

  private static final List<String> DOMAINS =
      List.of("example.org", "example.com", "example.net", "post.example");

  static Person of(SampleRules rules, long number) {
    Traits traits = Traits.of(rules, number);
    Household household = Household.of(rules, number);
    Dice own = Dice.of(rules.seed(), "person", number);
    Dice home = household.together() ? Dice.of(rules.seed(), "home", household.number()) : own;
    Name name = new Name(own.pick(FIRST_NAMES), home.pick(LAST_NAMES));
    Address address = address(home);
    LocalDate birthDate = LocalDate.of(1945, 1, 1).plusDays(own.below(60 * 365));
    List<Device> devices = devices(rules, number, own);
    long scrambled = Numbering.scrambled(rules.seed(), number, 10);
    String email = email(name, scrambled, own);
    Ids ids = Ids.of(scrambled, email, phone(address.city(), number, own));
    return new Person(number, traits, household, name, birthDate, address, devices, ids);
  }

  /** The person's id in the truth. */
  String id() {
    return "P%08d".formatted(number);
  }

  /** A number unique to this person and {@code ordinal}, of 40 bits. */
  long scrambled(SampleRules rules, int ordinal) {
    return Numbering.scrambled(rules.seed(), number, ordinal);
  }

  private static Address address(Dice dice) {
    City city = City.pick(dice);
    String street = dice.pick(STREETS) + " " + dice.between(1, 120);
    return new Address(street, city.postalCode(dice), city);
  }

  private static List<Device> devices(SampleRules rules, long number, Dice dice) {
    List<Device> devices = new ArrayList<>();
    int count = dice.chance(0.55) ? 1 : dice.chance(0.75) ? 2 : 3;
    for (int i = 0; i < count; i++) {
      devices.add(Device.personal(rules, number, i, dice));
    }
    return List.copyOf(devices);
  }

  private static String email(Name name, long scrambled, Dice dice) {
    String domain = dice.pick(DOMAINS);
    return "%s.%s.%s@%s"
        .formatted(ascii(name.first()), ascii(name.last()), Long.toString(scrambled, 36), domain);
  }

  private static String phone(City city, long number, Dice dice) {
    String network =
        city.isAustrian() ? "+43664" : "+4915" + dice.pick(List.of("1", "2", "7", "9"));
    return network + Numbering.eightDigits(number);
  }

  /** Lower case without umlauts, as people write themselves in addresses. */
  static String ascii(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replace("ü", "ue")
        .replace("ö", "oe")
        .replace("ä", "ae")
        .replace("ß", "ss")
        .replace("ı", "i")
        .replace("á", "a")
        .replace("é", "e");
  }
}
