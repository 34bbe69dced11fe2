package io.itinera.jobs.config;

import io.itinera.core.persona.FeatureUnits;
import io.itinera.core.persona.FeatureUse;
import io.itinera.core.persona.PersonaVocabulary;
import io.itinera.core.persona.PersonaWords;
import io.itinera.core.persona.Phrase;
import io.itinera.core.persona.Transform;
import io.itinera.core.persona.Unit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what is said of the features of customers beside how they are computed.
 *
 * @param lines how they are computed, and what their blocks say
 * @param currency of all amounts
 */
record FeatureReader(FeatureLines lines, String currency) {

  private static final String ACTIVE_DAYS = "active_days";

  FeatureUse use(Settings personas) {
    Map<String, PersonaWords> languages = languages(personas);
    String language = personas.get("language", SettingKind.oneOf(languages.keySet()));
    PersonaVocabulary vocabulary = new PersonaVocabulary(language, languages);
    return new FeatureUse(
        Set.copyOf(personas.list("usual-if-missing", SettingKind.FILLED)),
        and(lines.ifMissing(), ofFeatures(personas.section("if-missing"), FeatureLines.NUMBER)),
        Set.copyOf(personas.list("beside", SettingKind.FILLED)),
        among(personas),
        and(
            lines.transforms(),
            ofFeatures(personas.section("transforms"), SettingKind.choice(Transform.class))),
        vocabulary.words().names(),
        new FeatureUnits(
            and(
                lines.units(),
                ofFeatures(personas.section("units"), SettingKind.choice(Unit.class))),
            currency,
            vocabulary));
  }

  /** Each language that has names, with the words that it has, too. */
  private static Map<String, PersonaWords> languages(Settings personas) {
    Map<String, Settings> words = personas.section("words").named();
    Map<String, PersonaWords> languages = new TreeMap<>();
    personas
        .section("names")
        .named()
        .forEach(
            (language, names) ->
                languages.put(
                    language,
                    words(
                        names.values(SettingKind.FILLED),
                        Optional.ofNullable(words.get(language)))));
    words.forEach(
        (language, section) -> {
          if (!languages.containsKey(language)) {
            section.refuse("there is no language %s among names".formatted(language));
          }
        });
    return languages;
  }

  private static PersonaWords words(Map<String, String> names, Optional<Settings> words) {
    Map<Phrase, String> phrases = new EnumMap<>(Phrase.class);
    words
        .flatMap(section -> section.findSection("phrases"))
        .ifPresent(
            section -> {
              for (Phrase phrase : Phrase.values()) {
                section
                    .find(phrase.text(), SettingKind.FILLED)
                    .ifPresent(text -> phrases.put(phrase, text));
              }
            });
    return new PersonaWords(
        names,
        words
            .flatMap(section -> section.findSection("features"))
            .map(section -> section.values(SettingKind.FILLED))
            .orElse(Map.of()),
        phrases);
  }

  /** What the block of a feature says is nearer than what is said elsewhere. */
  private static <T> Map<String, T> and(Map<String, T> blocks, Map<String, T> elsewhere) {
    Map<String, T> all = new TreeMap<>(elsewhere);
    all.putAll(blocks);
    return all;
  }

  private Set<String> features() {
    return lines.features().keySet();
  }

  /** What is shipped may be about a feature that somebody has left out. */
  private <T> Map<String, T> ofFeatures(Settings section, SettingKind<T> kind) {
    Map<String, T> values = section.values(kind);
    for (String name : section.names()) {
      if (!features().contains(name)) {
        values.remove(name);
        if (!section.isShipped(name)) {
          section.refuse(
              "there is no feature %s%s".formatted(name, NearestName.hint(name, features())));
        }
      }
    }
    return values;
  }

  /**
   * What is shipped asks for a shipped feature: nothing of those who name features of their own.
   */
  private String among(Settings personas) {
    if (personas.isShipped("among") && !features().contains(ACTIVE_DAYS)) {
      personas.get("among", SettingKind.FILLED);
      return "true";
    }
    return personas.get("among", SqlInSettings.over(Optional.of(features())));
  }
}
