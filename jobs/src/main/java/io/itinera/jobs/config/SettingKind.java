package io.itinera.jobs.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.itinera.core.rule.Identifier;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A kind of value that a setting can have.
 *
 * @param allowed what is allowed, as a phrase
 * @param standIn a harmless value to go on with after a wrong one
 * @param convert makes a value of this kind; throws IllegalArgumentException that says what is
 *     allowed
 */
record SettingKind<T>(String allowed, T standIn, Function<ConfigValue, T> convert) {

  /** Any text; numbers and true and false are text, too. */
  static final SettingKind<String> TEXT = new SettingKind<>("text", "", SettingKind::text);

  /** Text of at least one character that can be seen. */
  static final SettingKind<String> FILLED =
      matching("text that is not blank", "x", Pattern.compile("(?s).*\\S.*"));

  /** A name in small letters, digits, {@code _} and {@code -}. */
  static final SettingKind<String> NAME =
      matching(
          "a name in small letters, digits, _ and -, such as web_shop",
          "x",
          Pattern.compile("[a-z][a-z0-9_-]*"));

  /** True or false. */
  static final SettingKind<Boolean> FLAG =
      new SettingKind<>(
          "true or false", false, value -> "true".equals(among(value, "true", "false")));

  /** A length of time with its unit; HOCON itself would take a bare 30 for milliseconds. */
  static final SettingKind<Duration> DURATION =
      new SettingKind<>(
          "a duration, such as 30 minutes", Duration.ofDays(1), SettingKind::duration);

  /** A share, with its sign so that 1 is not taken for all. */
  static final SettingKind<Double> SHARE =
      new SettingKind<>("a share from 0% to 100%, such as 1%", 0.0, SettingKind::share);

  /** A zone of the time-zone database. */
  static final SettingKind<ZoneId> ZONE =
      new SettingKind<>("a time zone, such as Europe/Berlin", ZoneOffset.UTC, SettingKind::zone);

  /** A calendar day. */
  static final SettingKind<LocalDate> DATE =
      new SettingKind<>("a date, such as 2026-01-31", LocalDate.EPOCH, SettingKind::date);

  /** A time of day by the clock, in seconds since midnight; 24:00 is the end of the day. */
  static final SettingKind<Integer> SECOND_OF_DAY =
      new SettingKind<>(
          "a time of day from 00:00 to 24:00, such as \"09:00\"", 0, SettingKind::secondOfDay);

  /** An ISO 4217 currency code. */
  static final SettingKind<String> CURRENCY =
      oneOf(
          "an ISO 4217 currency code, such as EUR",
          Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList());

  /** An ISO 3166 country code. */
  static final SettingKind<String> REGION =
      oneOf("an ISO 3166 country code, such as DE", List.of(Locale.getISOCountries()));

  /** An identifier of one of {@code types}, written as type:value. */
  static SettingKind<Identifier> identifier(Set<String> types) {
    String allowed =
        "an identifier as tables have it, such as \"email:ann@example.org\"; types are "
            + String.join(", ", new TreeSet<>(types));
    return new SettingKind<>(
        allowed,
        new Identifier("x", "x"),
        value -> {
          String[] parts = text(value).split(":", 2);
          if (parts.length < 2 || !types.contains(parts[0]) || parts[1].isBlank()) {
            throw refused(allowed, "");
          }
          return new Identifier(parts[0], parts[1].strip());
        });
  }

  /** One of {@code names}. */
  static SettingKind<String> oneOf(Collection<String> names) {
    return oneOf("one of " + String.join(", ", names), names);
  }

  private static SettingKind<String> oneOf(String allowed, Collection<String> names) {
    return new SettingKind<>(
        allowed,
        names.iterator().next(),
        value -> {
          String text = text(value);
          if (!names.contains(text)) {
            throw refused(allowed, NearestName.hint(text, names));
          }
          return text;
        });
  }

  /** A constant of {@code type}, written in small letters with hyphens. */
  static <E extends Enum<E>> SettingKind<E> choice(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    SettingKind<String> name = oneOf(constants.stream().map(SettingKind::kebab).toList());
    return new SettingKind<>(
        name.allowed(),
        constants.get(0),
        value ->
            Enum.valueOf(
                type, name.convert().apply(value).toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /** A whole number from {@code least} to {@code most}. */
  static SettingKind<Integer> whole(int least, int most) {
    String allowed = "a whole number from %d to %d".formatted(least, most);
    return new SettingKind<>(
        allowed,
        least,
        value -> {
          try {
            return inside(number(value, allowed), least, most, allowed).intValueExact();
          } catch (ArithmeticException e) {
            throw new IllegalArgumentException("must be " + allowed, e);
          }
        });
  }

  /** A number from {@code least} to {@code most}. */
  static SettingKind<Double> decimal(double least, double most) {
    String allowed =
        most < Double.MAX_VALUE
            ? "a number from %s to %s".formatted(least, most)
            : "a number of at least %s".formatted(least);
    return new SettingKind<>(
        allowed,
        least,
        value -> inside(number(value, allowed), least, most, allowed).doubleValue());
  }

  /** A duration of whole days, at least {@code least}. */
  static SettingKind<Integer> days(int least) {
    String allowed = "whole days, at least %d, such as 365 days".formatted(least);
    return new SettingKind<>(
        allowed,
        Math.max(least, 1),
        value -> {
          Duration duration = duration(value);
          if (!duration.equals(Duration.ofDays(duration.toDays())) || duration.toDays() < least) {
            throw new IllegalArgumentException("must be " + allowed);
          }
          return Math.toIntExact(duration.toDays());
        });
  }

  /** The same, or the word none. */
  static <T> SettingKind<Optional<T>> orNone(SettingKind<T> kind) {
    return new SettingKind<>(
        "none or " + kind.allowed(),
        Optional.empty(),
        value ->
            "none".equals(value.unwrapped())
                ? Optional.empty()
                : Optional.of(kind.convert().apply(value)));
  }

  /** The name of a constant as it is written in the configuration. */
  static String kebab(Enum<?> constant) {
    return kebab(constant.name());
  }

  /** The name of a column as it is written in the configuration. */
  static String kebab(String column) {
    return column.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static SettingKind<String> matching(String allowed, String standIn, Pattern pattern) {
    return new SettingKind<>(
        allowed,
        standIn,
        value -> {
          String text = text(value);
          if (!pattern.matcher(text).matches()) {
            throw refused(allowed, "");
          }
          return text;
        });
  }

  private static String among(ConfigValue value, String... allowed) {
    return oneOf(String.join(" or ", allowed), Arrays.asList(allowed)).convert().apply(value);
  }

  private static String text(ConfigValue value) {
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      throw new IllegalArgumentException("must be a single value, not a list or section");
    }
    return String.valueOf(value.unwrapped());
  }

  private static BigDecimal number(ConfigValue value, String allowed) {
    try {
      return new BigDecimal(text(value).strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be " + allowed, e);
    }
  }

  private static int secondOfDay(ConfigValue value) {
    String text = text(value).strip();
    if (text.equals("24:00")) {
      return (int) Duration.ofDays(1).toSeconds();
    }
    try {
      return LocalTime.parse(text).toSecondOfDay();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be " + SECOND_OF_DAY.allowed(), e);
    }
  }

  private static double share(ConfigValue value) {
    String text = text(value).strip();
    if (!text.endsWith("%")) {
      throw refused(SHARE.allowed(), "");
    }
    try {
      BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1).strip());
      return inside(percent.movePointLeft(2), 0, 1, SHARE.allowed()).doubleValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be " + SHARE.allowed(), e);
    }
  }

  private static BigDecimal inside(BigDecimal number, double least, double most, String allowed) {
    if (number.doubleValue() < least || number.doubleValue() > most) {
      throw refused(allowed, "");
    }
    return number;
  }

  private static Duration duration(ConfigValue value) {
    String text = text(value).strip();
    if (text.matches("[-+]?[0-9.]+")) {
      throw new IllegalArgumentException(
          "needs a unit, such as %s minutes or %s days".formatted(text, text));
    }
    try {
      return value.atKey("it").getDuration("it");
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "must be a number and a unit (seconds, minutes, hours, days), such as 30 minutes", e);
    }
  }

  private static ZoneId zone(ConfigValue value) {
    String text = text(value);
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      Set<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
      throw new IllegalArgumentException(
          "must be a time zone, such as Europe/Berlin" + NearestName.hint(text, zones), e);
    }
  }

  private static LocalDate date(ConfigValue value) {
    try {
      return LocalDate.parse(text(value));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a date that exists, written like 2026-01-31", e);
    }
  }

  private static IllegalArgumentException refused(String allowed, String hint) {
    return new IllegalArgumentException("must be " + allowed + hint);
  }
}
