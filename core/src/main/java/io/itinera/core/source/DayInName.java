package io.itinera.core.source;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logical date of a file: the first day in its name, such as 2026-01-31 or 20260131. */
public final class DayInName {

  /**
   * A day that is no part of a longer number, in its first group. That of the run which rejected
   * records, in the name of the file with the repaired ones, says nothing about them.
   */
  static final String REGEX =
      "(?<!\\d|[.]rejected-)"
          + "((?:19|20)\\d{2}(-?)(?:0[1-9]|1[0-2])\\2(?:0[1-9]|[12]\\d|3[01]))(?!\\d)";

  private static final Pattern DAY = Pattern.compile(REGEX);

  private DayInName() {}

  /** The day in {@code name}, if there is one that the calendar has. */
  public static Optional<LocalDate> of(String name) {
    Matcher day = DAY.matcher(name);
    if (!day.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.parse(day.group(1).replace("-", ""), DateTimeFormatter.BASIC_ISO_DATE));
    } catch (java.time.format.DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
