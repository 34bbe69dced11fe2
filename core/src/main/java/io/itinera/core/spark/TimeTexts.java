package io.itinera.core.spark;

import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.udf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Times as programs write them where they do not keep to ISO 8601: numbers since 1970 in seconds,
 * milliseconds, microseconds or nanoseconds, and the texts of JavaScript, Java, Go and mail. Only
 * what names its zone, or needs none, is read; digits of other scripts are none.
 */
final class TimeTexts {

  private static final int LONGEST = 100;

  /** 2001 to 2286 in each unit, so that no unit is taken for another. */
  private static final Pattern SINCE_1970 =
      Pattern.compile(
          "[0-9]{10}(?:[0-9]{3}){0,3}(?:[.][0-9]{1,9})?"
              + "|[1-9](?:[.][0-9]{1,18})?[Ee][+]?(?:9|12|15|18)");

  private static final Pattern MAIL =
      Pattern.compile(
          "(?:[A-Z][a-z]{2}, )?(?<day>[0-9]{1,2}) (?<month>[A-Z][a-z]{2}) (?<year>[0-9]{4})"
              + " (?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}) (?<zone>GMT|UTC|Z|[+-][0-9]{4})");

  private static final Pattern SCRIPT =
      Pattern.compile(
          "[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[0-9]{1,2}) (?<year>[0-9]{4})"
              + " (?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}) (?:GMT|UTC)(?<zone>[+-][0-9]{4})"
              + "(?: [(][^)]*+[)])?");

  private static final Pattern JAVA =
      Pattern.compile(
          "[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[0-9]{1,2})"
              + " (?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}) (?<zone>GMT|UTC) (?<year>[0-9]{4})");

  /** ISO 8601 without its signs, or with what Go adds. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?<year>[0-9]{4})(?<sign>-?)(?<month>[0-9]{2})\\k<sign>(?<day>[0-9]{2})[T ]"
              + "(?<hour>[0-9]{2}):?(?<minute>[0-9]{2}):?(?<second>[0-9]{2})"
              + "(?<fraction>[.,][0-9]{1,9})? ?(?<zone>Z|[+-][0-9]{2}:?[0-9]{2})(?: [A-Z]{3,5})?"
              + "(?: m=[+-][0-9.]{1,30})?");

  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss xx", Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final int SECONDS = 11;
  private static final int MILLIS = 14;
  private static final int MICROS = 17;

  private static final UserDefinedFunction READ =
      udf((UDF1<String, Long>) TimeTexts::micros, DataTypes.LongType);

  private TimeTexts() {}

  /** The instant that {@code text} tells in one of these forms; null if in none. */
  static Column read(Column text) {
    return timestamp_micros(READ.apply(text));
  }

  /** Microseconds since 1970; null where {@code text} is none of these. */
  static Long micros(String text) {
    if (text == null || text.length() > LONGEST) {
      return null;
    }
    if (SINCE_1970.matcher(text).matches()) {
      return number(new BigDecimal(text));
    }
    try {
      Instant time = written(text);
      return time == null ? null : micros(time);
    } catch (DateTimeException e) {
      // Words in the right places, such as a 31st of February.
      return null;
    }
  }

  // Instants' own way goes by nanoseconds, which end in 2262.
  private static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
  }

  private static Long number(BigDecimal number) {
    int digits = number.precision() - number.scale();
    BigDecimal micros =
        digits < SECONDS
            ? number.multiply(MILLION)
            : digits < MILLIS
                ? number.multiply(THOUSAND)
                : digits < MICROS ? number : number.divide(THOUSAND, RoundingMode.FLOOR);
    return micros.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static Instant written(String text) {
    for (Pattern pattern : new Pattern[] {MAIL, SCRIPT, JAVA}) {
      Matcher words = pattern.matcher(text);
      if (words.matches()) {
        return OffsetDateTime.parse(
                "%s %s %s %s %s"
                    .formatted(
                        words.group("day"),
                        words.group("month"),
                        words.group("year"),
                        words.group("time"),
                        offset(words.group("zone"), "")),
                WORDS)
            .toInstant();
      }
    }
    Matcher plain = PLAIN.matcher(text);
    return plain.matches() ? OffsetDateTime.parse(iso(plain)).toInstant() : null;
  }

  private static String iso(Matcher plain) {
    String fraction = plain.group("fraction");
    return "%s-%s-%sT%s:%s:%s%s%s"
        .formatted(
            plain.group("year"),
            plain.group("month"),
            plain.group("day"),
            plain.group("hour"),
            plain.group("minute"),
            plain.group("second"),
            fraction == null ? "" : fraction.replace(',', '.'),
            offset(plain.group("zone"), ":"));
  }

  private static String offset(String zone, String between) {
    return Character.isLetter(zone.charAt(0))
        ? "+00" + between + "00"
        : zone.substring(0, 3) + between + zone.substring(zone.length() - 2);
  }
}
