package io.itinera.core.persona;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names personas by what stands out in them.
 *
 * <p>Features are told in the words of {@link PersonaWords}: "many store visits" where a name is a
 * plural, else "high revenue".
 */
final class DescribePersonas {

  private static final int NAMED = 2;
  private static final double FAR = 1;

  private DescribePersonas() {}

  /**
   * One name per persona: the one that {@code known} has for the feature of which it has most, or,
   * where that is taken or missing, one of the fewest features, from two on, that tell it apart.
   *
   * @param known feature to name
   */
  static List<String> names(
      List<List<Contrast>> personas, Map<String, String> known, PersonaWords words) {
    Map<Integer, String> given = given(personas, known);
    List<String> names = new ArrayList<>(names(personas, words));
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
  private static List<String> names(List<List<Contrast>> personas, PersonaWords words) {
    int most = personas.stream().mapToInt(List::size).max().orElse(0);
    for (int features = NAMED; features <= most; features++) {
      List<String> names = names(personas, features, words);
      if (new HashSet<>(names).size() == names.size()) {
        return names;
      }
    }
    return numbered(names(personas, Math.max(NAMED, most), words));
  }

  private static List<String> names(
      List<List<Contrast>> personas, int features, PersonaWords words) {
    return personas.stream().map(contrasts -> name(contrasts, features, words)).toList();
  }

  private static String name(List<Contrast> contrasts, int features, PersonaWords words) {
    String name =
        contrasts.stream()
            .limit(features)
            .map(contrast -> words.trait(contrast))
            .collect(joining(words.say(Phrase.AND)));
    return name.isEmpty() ? words.say(Phrase.AVERAGE_NAME) : PersonaWords.capitalised(name);
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
    return units.words().description(contrasts, units::figure);
  }
}
