package io.itinera.core.persona;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How personas are told, in every language.
 *
 * @param language code of that of the tables
 * @param languages code to words
 */
public record PersonaVocabulary(String language, Map<String, PersonaWords> languages) {

  /** Nothing but English. */
  public static final PersonaVocabulary ENGLISH = new PersonaVocabulary("en", Map.of());

  public PersonaVocabulary {
    languages = Collections.unmodifiableMap(new TreeMap<>(languages));
  }

  /** The words of the tables. */
  public PersonaWords words() {
    return in(language);
  }

  /** The words of a language; English where it has none. */
  public PersonaWords in(String code) {
    return languages.getOrDefault(code, PersonaWords.ENGLISH);
  }
}
