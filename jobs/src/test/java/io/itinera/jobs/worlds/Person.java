package io.itinera.jobs.worlds;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Somebody in a world.
 *
 * @param seed the world's; all identifiers bear it, so that worlds beside each other stay apart
 * @param number from 0
 */
record Person(long seed, int number) {

  private static final int FAMILY = 3;
  private static final Pattern NAMED = Pattern.compile("w(\\d+)-");
  private static final Pattern PHONE = Pattern.compile("[+]49302(\\d{4})\\d\\d");

  static List<Person> dozen(long seed) {
    return IntStream.range(0, 12).mapToObj(number -> new Person(seed, number)).toList();
  }

  /** How everything of the world is called. */
  static String prefix(long seed) {
    return "w" + seed + "-";
  }

  /** The seed that a prefix or a telephone number bears. */
  static Optional<Long> seedOf(String identifier) {
    Matcher named = NAMED.matcher(identifier);
    if (named.lookingAt()) {
      return Optional.of(Long.valueOf(named.group(1)));
    }
    Matcher phone = PHONE.matcher(identifier);
    return phone.matches() ? Optional.of(Long.valueOf(phone.group(1))) : Optional.empty();
  }

  private String named(String what) {
    return prefix(seed) + what + number;
  }

  String cookie() {
    return named("c");
  }

  String otherCookie() {
    return named("d");
  }

  /** The first three live together. */
  boolean isFamily() {
    return number < FAMILY;
  }

  String familyCookie() {
    return prefix(seed) + "family";
  }

  String login() {
    return named("u");
  }

  String email() {
    return named("p") + "@example.org";
  }

  String phone() {
    return phone(seed, number);
  }

  /** The number of a company's switchboard, which many give as theirs. */
  static String switchboard(long seed) {
    return phone(seed, 99);
  }

  /** Four digits are the world's, two are the person's. */
  private static String phone(long seed, int number) {
    return "030 2%04d%02d".formatted(seed % 10_000, number);
  }

  String card() {
    return named("card");
  }

  String contact() {
    return named("crm");
  }
}
