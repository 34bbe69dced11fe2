package io.itinera.core.persona;

import java.util.Locale;

/** What a feature counts in, and so how its figures are told. */
public enum Unit {
  /** A plain number: of orders, of stars. */
  NUMBER,

  /** From 0 to 1, told in per cent. */
  SHARE,

  /** An amount in the currency of all amounts. */
  MONEY,

  /** Days. */
  DAYS,

  /** Seconds, told in the unit that fits. */
  SECONDS;

  private static final double MINUTE = 60;
  private static final double HOUR = 3_600;
  private static final double LONG = 2;

  /** As configuration and tables have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code value} as a marketer reads it. */
  String figure(double value, FeatureUnits units) {
    return switch (this) {
      case NUMBER -> number(value);
      case SHARE -> said("%.0f %%", value * 100);
      case MONEY -> said("%,.2f %s", value, units.currency()).strip();
      case DAYS -> units.words().say(Phrase.DAYS, number(value));
      case SECONDS -> time(value, units.words());
    };
  }

  private static String time(double seconds, PersonaWords words) {
    double size = Math.abs(seconds);
    if (size >= LONG * HOUR) {
      return words.say(Phrase.HOURS, number(seconds / HOUR));
    }
    return size >= LONG * MINUTE
        ? words.say(Phrase.MINUTES, number(seconds / MINUTE))
        : words.say(Phrase.SECONDS, number(seconds));
  }

  private static String number(double value) {
    double size = Math.abs(value);
    if (size >= 100 || size == 0) {
      return said("%,.0f", value);
    }
    return said(size >= 10 ? "%.1f" : "%.2f", value);
  }

  private static String said(String text, Object... figures) {
    return String.format(Locale.ROOT, text, figures);
  }
}
