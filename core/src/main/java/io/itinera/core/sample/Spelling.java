package io.itinera.core.sample;

import java.util.Locale;

/** How people and tills write what they know: telephone formats, capitals, typos. */
final class Spelling {

  private Spelling() {}

  /** The number {@code phone} (E.164, German or Austrian mobile) in one of its usual formats. */
  static String phone(String phone, Dice dice) {
    boolean german = phone.startsWith("+49");
    String area = phone.substring(3, 6);
    String rest = phone.substring(6);
    String country = phone.substring(1, 3);
    return switch (dice.below(german ? 6 : 3)) {
      case 0 -> "+%s %s %s".formatted(country, area, rest);
      case 1 -> "00%s%s%s".formatted(country, area, rest);
      case 2 -> phone;
      case 3 -> "0%s/%s".formatted(area, rest);
      case 4 -> "(0%s) %s %s".formatted(area, rest.substring(0, 4), rest.substring(4));
      default -> "0%s-%s".formatted(area, rest);
    };
  }

  /** The same address, sometimes with capitals or a blank around it. */
  static String email(String email, Dice dice) {
    return switch (dice.below(12)) {
      case 0 -> email.toUpperCase(Locale.ROOT);
      case 1 -> email.substring(0, 1).toUpperCase(Locale.ROOT) + email.substring(1);
      case 2 -> email + " ";
      default -> email;
    };
  }

  /** Another address: two neighbouring letters of {@code email} have changed places. */
  static String misspeltEmail(String email) {
    int dot = email.lastIndexOf('.');
    return email.substring(0, dot - 2)
        + email.charAt(dot - 1)
        + email.charAt(dot - 2)
        + email.substring(dot);
  }

  /** {@code name} with one letter doubled or left out. */
  static String misspeltName(String name, Dice dice) {
    int at = dice.between(1, name.length() - 1);
    return dice.chance(0.5)
        ? name.substring(0, at) + name.charAt(at) + name.substring(at)
        : name.substring(0, at) + name.substring(at + 1);
  }
}
