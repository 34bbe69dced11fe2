package io.itinera.jobs.report;

import io.itinera.core.persona.Contrast;
import io.itinera.core.persona.PersonaVocabulary;
import io.itinera.core.persona.PersonaWords;
import io.itinera.core.persona.TranslateNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How personas, whose names the tables have in one language, are told in that of a page.
 *
 * @param words of the page
 * @param names into the page's language
 */
record PersonaTexts(PersonaWords words, TranslateNames names) {

  /**
   * Those of one language.
   *
   * @param features all that there are
   */
  static PersonaTexts of(PersonaVocabulary vocabulary, String code, Set<String> features) {
    PersonaWords words = vocabulary.in(code);
    return new PersonaTexts(words, new TranslateNames(vocabulary.words(), words, features));
  }

  /** The words of a feature, or the name of a persona. */
  Optional<String> word(String value) {
    return Optional.ofNullable(words.features().get(value)).or(() -> names.of(value));
  }

  /** What stands out in a persona, by its rows of the figure features. */
  String description(Finding features, String persona, Language language) {
    List<Contrast> contrasts = new ArrayList<>();
    Map<String, String> units = new HashMap<>();
    for (int row : features.places()) {
      if (features.text(row, "persona_id").equals(persona)) {
        String feature = features.text(row, "feature");
        units.put(feature, features.text(row, "unit"));
        contrasts.add(
            new Contrast(
                feature,
                features.number(row, "persona_mean"),
                features.number(row, "population_mean"),
                features.number(row, "z")));
      }
    }
    return words.description(
        contrasts, (feature, value) -> language.figure(units.get(feature), value));
  }
}
