package io.itinera.jobs.report;

import java.util.Locale;

/** What the values of a column are, and so how a page shows them. */
public enum Measure {
  /** As it stands in the data. */
  TEXT,
  /** A word of ours or of a configuration, such as a channel: shown by its name in the language. */
  WORD,
  /** A whole number. */
  COUNT,
  /** A number with some places. */
  DECIMAL,
  /** From 0 to 1, shown in percent. */
  SHARE,
  /** An amount in the configured currency. */
  MONEY,
  /** Seconds, shown in the unit that fits. */
  SECONDS,
  /** Days, shown with one place. */
  DAYS,
  /** A calendar day. */
  DATE,
  /** A moment, shown in the configured zone. */
  INSTANT;

  /** Whether its values can be added, compared and drawn by their size. */
  public boolean isNumber() {
    return switch (this) {
      case COUNT, DECIMAL, SHARE, MONEY, SECONDS, DAYS -> true;
      case TEXT, WORD, DATE, INSTANT -> false;
    };
  }

  /** As pages and their script call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How figures in {@code unit} are shown, told as pages tell it, such as (share). */
  public static Measure ofUnit(String unit) {
    return switch (unit) {
      case "(share)" -> SHARE;
      case "(money)" -> MONEY;
      case "(days)" -> DAYS;
      case "(seconds)" -> SECONDS;
      default -> DECIMAL;
    };
  }
}
