package io.itinera.jobs.config;

import io.itinera.core.persona.FeatureUnits;
import io.itinera.core.persona.FeatureUse;
import io.itinera.core.persona.Transform;
import io.itinera.core.persona.Unit;
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
    Settings names = personas.section("names");
    Map<String, Map<String, String>> languages = new TreeMap<>();
    names.named().forEach((name, words) -> languages.put(name, words.values(SettingKind.FILLED)));
    String language = personas.get("language", SettingKind.oneOf(languages.keySet()));
    return new FeatureUse(
        Set.copyOf(personas.list("usual-if-missing", SettingKind.FILLED)),
        and(lines.ifMissing(), ofFeatures(personas.section("if-missing"), FeatureLines.NUMBER)),
        Set.copyOf(personas.list("beside", SettingKind.FILLED)),
        among(personas),
        and(
            lines.transforms(),
            ofFeatures(personas.section("transforms"), SettingKind.choice(Transform.class))),
        languages.getOrDefault(language, Map.of()),
        new FeatureUnits(
            and(
                lines.units(),
                ofFeatures(personas.section("units"), SettingKind.choice(Unit.class))),
            currency));
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
