package io.itinera.jobs.report;

import io.itinera.core.persona.PersonaVocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A language that pages are written in: its texts, its numerals and dates, its direction. */
public final class Language {

  /** Parts the steps of a path. */
  private static final String STEP = " > ";

  /** Isolates what comes before and after from the direction of what stands between. */
  private static final String ISOLATE = "\u2068%s\u2069";

  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;
  private static final int DAY = 86_400;

  private final String code;
  private final Locale locale;
  private final String currency;
  private final Map<String, String> texts;
  private final PersonaTexts personas;

  private Language(String code, Locale locale, String currency, Map<String, String> texts) {
    this.code = code;
    this.locale = locale;
    this.currency = currency;
    this.texts = texts;
    this.personas = PersonaTexts.of(PersonaVocabulary.ENGLISH, code, Set.of());
  }

  private Language(Language same, PersonaTexts personas) {
    this.code = same.code;
    this.locale = same.locale;
    this.currency = same.currency;
    this.texts = same.texts;
    this.personas = personas;
  }

  /**
   * The language of that code.
   *
   * @param currency code of the currency of all amounts
   */
  static Language of(String code, String currency) {
    // Said in so many words, because browsers and JDKs do not agree on the numerals of "ar".
    String tag = code.equals("ar") ? "ar-EG-u-nu-arab" : code.equals("en") ? "en-GB" : code;
    return new Language(code, Locale.forLanguageTag(tag), currency, texts(code));
  }

  /**
   * The same language, in which personas are told as configured.
   *
   * @param features all that personas are told by
   */
  Language with(PersonaVocabulary vocabulary, Set<String> features) {
    return new Language(this, PersonaTexts.of(vocabulary, code, features));
  }

  private static Map<String, String> texts(String code) {
    String file = "/report/texts_%s.properties".formatted(code);
    try (InputStream stream = Language.class.getResourceAsStream(file)) {
      Properties read = new Properties();
      read.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      Map<String, String> texts = new TreeMap<>();
      read.forEach((key, text) -> texts.put((String) key, (String) text));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Its code, such as {@code en}. */
  public String code() {
    return code;
  }

  /** Its code as browsers know it, with its numerals. */
  public String tag() {
    return locale.toLanguageTag();
  }

  /** {@code ltr} or {@code rtl}. */
  public String direction() {
    return code.equals("ar") ? "rtl" : "ltr";
  }

  /** Code of the currency of all amounts. */
  public String currency() {
    return currency;
  }

  /** All texts by their keys. */
  Map<String, String> texts() {
    return texts;
  }

  /** The text of {@code key}, which must be there. */
  public String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("There is no text %s in %s".formatted(key, code));
    }
    return text;
  }

  /** The text of {@code key} with {@code values} in place of {0}, {1} … */
  public String say(String key, Object... values) {
    String said = text(key);
    for (int i = 0; i < values.length; i++) {
      said = said.replace("{" + i + "}", ISOLATE.formatted(values[i]));
    }
    return said;
  }

  /** Name of a value: of each step of a path, of channel and type of a step, else as it stands. */
  public String word(String value) {
    String known = texts.get("value." + value);
    if (known != null) {
      return known;
    }
    Optional<String> ofPersonas = personas.word(value);
    if (ofPersonas.isPresent()) {
      return ofPersonas.get();
    }
    if (value.contains(STEP)) {
      return Arrays.stream(value.split(STEP, -1))
          .map(this::word)
          .collect(Collectors.joining(arrow()));
    }
    int colon = value.indexOf(':');
    if (colon > 0) {
      return word(value.substring(0, colon)) + " · " + word(value.substring(colon + 1));
    }
    // A name of a program's, such as items_per_order.
    return value.matches("[a-z][a-z0-9_]*") ? value.replace('_', ' ') : value;
  }

  /** What stands out in a persona, by its rows of {@code features}. */
  public String described(Finding features, String persona) {
    return personas.description(features, persona, this);
  }

  private String arrow() {
    return direction().equals("rtl") ? " ← " : " → ";
  }

  /** {@code number} with its noun in the form that the number asks for. */
  public String counted(String noun, double number) {
    String form = Plurals.of(code, Math.round(number));
    String text = texts.get("noun.%s.%s".formatted(noun, form));
    return (text == null ? text("noun.%s.other".formatted(noun)) : text)
        .replace("{0}", shown(Measure.COUNT, number));
  }

  /** A difference with its sign. */
  public String change(double difference) {
    String sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
    return sign + shown(Measure.COUNT, Math.abs(difference));
  }

  /** An amount with its currency. */
  public String money(double amount) {
    return shown(Measure.COUNT, amount) + "\u00a0" + currency;
  }

  /** {@code value} with what it counts in, told as pages tell it, such as (share). */
  public String figure(String unit, Object value) {
    Measure measure = Measure.ofUnit(unit);
    String shown = shown(measure, value);
    return switch (measure) {
      case MONEY -> shown + "\u00a0" + currency;
      case DAYS -> say("ui.days", shown);
      default -> shown;
    };
  }

  /** {@code value} as people read it; a dash for none. */
  public String shown(Measure measure, Object value) {
    if (value == null) {
      return "–";
    }
    return switch (measure) {
      case TEXT -> value.toString();
      case WORD -> word(value.toString());
      case COUNT -> number(value, 0, 0);
      case DECIMAL -> number(value, 0, 2);
      case SHARE -> percent(value, 0, 1);
      case MONEY -> number(value, 2, 2);
      case SECONDS -> duration(((Number) value).doubleValue());
      case DAYS -> number(value, 1, 1);
      case DATE -> date(LocalDate.parse(value.toString()));
      case INSTANT -> moment(LocalDateTime.parse(value.toString().replace(' ', 'T')));
    };
  }

  /** A number with so many places. */
  String number(Object value, int least, int most) {
    return written(NumberFormat.getNumberInstance(locale), value, least, most);
  }

  /** A share in percent, with so many places. */
  String percent(Object share, int least, int most) {
    return written(NumberFormat.getPercentInstance(locale), share, least, most);
  }

  private static String written(NumberFormat format, Object value, int least, int most) {
    format.setMinimumFractionDigits(least);
    format.setMaximumFractionDigits(most);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(new BigDecimal(value.toString()));
  }

  /** A number in a few letters, as axes have it, such as 1.2K. */
  String compact(double value) {
    NumberFormat format = NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
    format.setMaximumFractionDigits(1);
    return format.format(value);
  }

  /** Day and month of a day. */
  String dayOfYear(String day) {
    return dates(DateTimeFormatter.ofPattern("d MMM")).format(LocalDate.parse(day));
  }

  private String duration(double seconds) {
    double size = Math.abs(seconds);
    if (size < 2 * MINUTE) {
      return text("unit.seconds").replace("{0}", number(seconds, 0, size < 10 ? 1 : 0));
    }
    if (size < 2 * HOUR) {
      return text("unit.minutes").replace("{0}", number(seconds / MINUTE, 0, 1));
    }
    return size < 2 * DAY
        ? text("unit.hours").replace("{0}", number(seconds / HOUR, 0, 1))
        : text("unit.days").replace("{0}", number(seconds / DAY, 0, 1));
  }

  private String date(LocalDate day) {
    return dates(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)).format(day);
  }

  private String moment(LocalDateTime moment) {
    return dates(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT))
        .format(moment);
  }

  private DateTimeFormatter dates(DateTimeFormatter format) {
    return format.withLocale(locale).withDecimalStyle(DecimalStyle.of(locale));
  }
}
