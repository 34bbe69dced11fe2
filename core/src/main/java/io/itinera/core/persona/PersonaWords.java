package io.itinera.core.persona;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * How personas are told in one language.
 *
 * <p>A feature without words of its own is read as it is called: {@code store_visits} is "store
 * visits". A phrase that is missing is English.
 *
 * @param names feature to the name of a persona in which it stands out most
 * @param features feature to its words
 * @param phrases turns of phrase
 */
public record PersonaWords(
    Map<String, String> names, Map<String, String> features, Map<Phrase, String> phrases) {

  /** English, without names. */
  public static final PersonaWords ENGLISH = new PersonaWords(Map.of(), Map.of(), Map.of());

  private static final Pattern PLURAL = Pattern.compile("^\\w*[^s ]s\\b|[^s ]s$");
  private static final double FAR = 1;

  public PersonaWords {
    names = Collections.unmodifiableMap(new TreeMap<>(names));
    features = Collections.unmodifiableMap(new TreeMap<>(features));
    phrases = Collections.unmodifiableMap(new TreeMap<>(phrases));
  }

  /** A phrase about {@code values}. */
  String say(Phrase phrase, Object... values) {
    String said = phrases.getOrDefault(phrase, phrase.english());
    for (int i = 0; i < values.length; i++) {
      said = said.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return said;
  }

  /** The words of a feature. */
  public String feature(String feature) {
    return features.getOrDefault(feature, english(feature));
  }

  /**
   * A sentence with the figures behind it.
   *
   * @param figure a figure of a feature as it is told
   */
  public String description(List<Contrast> contrasts, BiFunction<String, Double, String> figure) {
    return contrasts.isEmpty()
        ? say(Phrase.AVERAGE)
        : capitalised(
            contrasts.stream()
                .map(contrast -> comparison(contrast, figure))
                .collect(joining(say(Phrase.AND), "", ".")));
  }

  /** What stands out, in a few words. */
  String trait(Contrast contrast) {
    Phrase phrase =
        isNone(contrast)
            ? Phrase.NONE
            : isCountable(contrast.feature())
                ? contrast.z() > 0 ? Phrase.MANY : Phrase.FEW
                : contrast.z() > 0 ? Phrase.HIGH : Phrase.LOW;
    return say(phrase, feature(contrast.feature()));
  }

  private String comparison(Contrast contrast, BiFunction<String, Double, String> figure) {
    return say(
        phrase(contrast),
        feature(contrast.feature()),
        figure.apply(contrast.feature(), contrast.personaMean()),
        figure.apply(contrast.feature(), contrast.populationMean()));
  }

  private static Phrase phrase(Contrast contrast) {
    if (isNone(contrast)) {
      return Phrase.WITHOUT;
    }
    boolean isFar = Math.abs(contrast.z()) >= FAR;
    if (isCountable(contrast.feature())) {
      return contrast.z() > 0
          ? isFar ? Phrase.FAR_MORE : Phrase.MORE
          : isFar ? Phrase.FAR_FEWER : Phrase.FEWER;
    }
    return contrast.z() > 0
        ? isFar ? Phrase.FAR_HIGHER : Phrase.HIGHER
        : isFar ? Phrase.FAR_LOWER : Phrase.LOWER;
  }

  private static boolean isNone(Contrast contrast) {
    return contrast.personaMean() == 0 && contrast.populationMean() > 0;
  }

  /** True where the first or the last word is a plural, as in "days since order". */
  private static boolean isCountable(String feature) {
    return PLURAL.matcher(english(feature)).find();
  }

  private static String english(String feature) {
    return feature.replace('_', ' ').toLowerCase(Locale.ROOT).strip();
  }

  static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
