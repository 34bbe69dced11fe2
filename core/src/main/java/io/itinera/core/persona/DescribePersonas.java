package io.itinera.core.persona;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says in plain language what stands out in a persona.
 *
 * <p>Feature names are read as words: {@code store_visits} becomes "many store visits", a name
 * without a plural "high revenue"; figures are in the units of {@link FeatureUnits}.
 */
final class DescribePersonas {

  private static final String AVERAGE = "Average customers";
  private static final Pattern PLURAL = Pattern.compile("^\\w*[^s ]s\\b|[^s ]s$");
  private static final int NAMED = 2;
  private static final double FAR = 1;

  private DescribePersonas() {}

  /**
   * One name per persona: the one that {@code known} has for the feature of which it has most, or,
   * where that is taken or missing, one of the fewest features, from two on, that tell it apart.
   *
   * @param known feature to name
   */
  static List<String> names(List<List<Contrast>> personas, Map<String, String> known) {
    Map<Integer, String> given = given(personas, known);
    List<String> names = new ArrayList<>(names(personas));
    given.forEach(names::set);
    return names;
  }

  /** Of several personas with most of one feature, the one that stands out furthest is named. */
  private static Map<Integer, String> given(
      List<List<Contrast>> personas, Map<String, String> known) {
    Map<String, Integer> best = new HashMap<>();
    for (int i = 0; i < personas.size(); i++) {
      int persona = i;
      most(personas.get(i))
          .filter(contrast -> known.containsKey(contrast.feature()))
          .ifPresent(
              contrast ->
                  best.merge(
                      contrast.feature(),
                      persona,
                      (one, other) ->
                          z(personas.get(one)) >= z(personas.get(other)) ? one : other));
    }
    Map<Integer, String> given = new HashMap<>();
    best.forEach((feature, persona) -> given.put(persona, known.get(feature)));
    return given;
  }

  private static Optional<Contrast> most(List<Contrast> contrasts) {
    return contrasts.stream().filter(contrast -> contrast.z() >= FAR / 2).findFirst();
  }

  private static double z(List<Contrast> contrasts) {
    return most(contrasts).map(Contrast::z).orElse(0.0);
  }

  /** One name per persona, each of the fewest features, from two on, that tell it apart. */
  private static List<String> names(List<List<Contrast>> personas) {
    int most = personas.stream().mapToInt(List::size).max().orElse(0);
    for (int features = NAMED; features <= most; features++) {
      List<String> names = names(personas, features);
      if (new HashSet<>(names).size() == names.size()) {
        return names;
      }
    }
    return numbered(names(personas, Math.max(NAMED, most)));
  }

  private static List<String> names(List<List<Contrast>> personas, int features) {
    return personas.stream().map(contrasts -> name(contrasts, features)).toList();
  }

  private static String name(List<Contrast> contrasts, int features) {
    String name = contrasts.stream().limit(features).map(c -> trait(c)).collect(joining(", "));
    return name.isEmpty() ? AVERAGE : capitalised(name);
  }

  private static List<String> numbered(List<String> names) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> numbered = new ArrayList<>();
    for (String name : names) {
      int number = seen.merge(name, 1, Integer::sum);
      numbered.add(number == 1 ? name : "%s (%d)".formatted(name, number));
    }
    return numbered;
  }

  /** A sentence with the figures behind it. */
  static String description(List<Contrast> contrasts, FeatureUnits units) {
    if (contrasts.isEmpty()) {
      return "Close to the average in every feature.";
    }
    return capitalised(
        contrasts.stream()
            .map(contrast -> comparison(contrast, units))
            .collect(joining(", ", "", ".")));
  }

  private static String trait(Contrast contrast) {
    if (isNone(contrast)) {
      return "no " + words(contrast);
    }
    if (isCountable(contrast)) {
      return (contrast.z() > 0 ? "many " : "few ") + words(contrast);
    }
    return (contrast.z() > 0 ? "high " : "low ") + words(contrast);
  }

  private static String comparison(Contrast contrast, FeatureUnits units) {
    String figures =
        "%s (%s against %s)"
            .formatted(
                words(contrast),
                units.figure(contrast.feature(), contrast.personaMean()),
                units.figure(contrast.feature(), contrast.populationMean()));
    if (isNone(contrast)) {
      return "no " + figures;
    }
    String degree = Math.abs(contrast.z()) >= FAR ? "far " : "";
    if (isCountable(contrast)) {
      return degree + (contrast.z() > 0 ? "more " : "fewer ") + figures;
    }
    return degree + (contrast.z() > 0 ? "higher " : "lower ") + figures;
  }

  private static String words(Contrast contrast) {
    return contrast.feature().replace('_', ' ').toLowerCase(Locale.ROOT).strip();
  }

  private static boolean isNone(Contrast contrast) {
    return contrast.personaMean() == 0 && contrast.populationMean() > 0;
  }

  /** True where the first or the last word is a plural, as in "days since order". */
  private static boolean isCountable(Contrast contrast) {
    return PLURAL.matcher(words(contrast)).find();
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
