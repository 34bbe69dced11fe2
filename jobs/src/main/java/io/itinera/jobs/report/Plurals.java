package io.itinera.jobs.report;

/** Which form a noun has beside a whole number, by the plural rules of Unicode's CLDR. */
final class Plurals {

  private static final String ONE = "one";
  private static final String FEW = "few";
  private static final String MANY = "many";
  private static final String OTHER = "other";

  private Plurals() {}

  /**
   * The form that {@code number} asks for in a language: zero, one, two, few, many or other.
   *
   * @param language its code
   */
  static String of(String language, long number) {
    return switch (language) {
      case "ru" -> russian(number % 10, number % 100);
      case "ar" -> arabic(number, number % 100);
      default -> number == 1 ? ONE : OTHER;
    };
  }

  private static String russian(long last, long lastTwo) {
    if (last == 1 && lastTwo != 11) {
      return ONE;
    }
    return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? FEW : MANY;
  }

  private static String arabic(long number, long lastTwo) {
    if (number <= 2) {
      return number == 0 ? "zero" : number == 1 ? ONE : "two";
    }
    if (lastTwo >= 3 && lastTwo <= 10) {
      return FEW;
    }
    return lastTwo >= 11 ? MANY : OTHER;
  }
}
