package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Settings of all places on top of each other. From weak to strong: presets of sources, {@code
 * conf/reference.conf}, features of classes, the presets of identity and sessions, each file in
 * order, the environment, {@code --set}.
 */
final class SettingLayers {

  /** Environment variable to the setting that it overrides. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ITINERA_ID_KEY", "itinera.id-key",
          "ITINERA_LANDING", "itinera.landing",
          "ITINERA_SERVE_PASSWORD", "itinera.serve.password",
          "ITINERA_SERVE_TOKEN", "itinera.serve.token",
          "ITINERA_WAREHOUSE", "itinera.warehouse");

  private static final String SET = "--set";

  private final Problems problems;
  private final Config reference = Presets.shipped("conf/reference.conf");
  private Config merged = ConfigFactory.empty();

  SettingLayers(Problems problems) {
    this.problems = problems;
  }

  /** Adds a file and what it includes; a missing or broken one is noted. */
  void addFile(Path file) {
    // The parser takes a file that is not there for an empty one.
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      problems.add("%s: there is no such file, or it cannot be read".formatted(file));
      return;
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setIncluder(new RequiredIncludes()).setAllowMissing(false);
    parsed(() -> ConfigFactory.parseFile(file.toFile(), options)).ifPresent(this::put);
  }

  /** Adds one setting of the command line. */
  void set(String key, String text) {
    parsed(() -> ConfigFactory.empty().withValue(key, setting(text))).ifPresent(this::put);
  }

  /** Adds what the environment overrides. */
  void addEnvironment(Map<String, String> environment) {
    new TreeMap<>(ENVIRONMENT)
        .forEach(
            (variable, key) -> {
              String value = environment.getOrDefault(variable, "");
              if (!value.isBlank()) {
                String origin = "environment variable " + variable;
                put(
                    ConfigFactory.empty()
                        .withValue(key, ConfigValueFactory.fromAnyRef(value, origin)));
              }
            });
  }

  /**
   * All layers as one, every substitution resolved last, so that {@code ${itinera.landing}} in a
   * preset follows the command line.
   */
  Config resolved() {
    Config draft = draft();
    Config withPresets = merged;
    Optional<String> identity = textAt(draft, "itinera.identity.preset");
    if (identity.filter(Presets.IDENTITY::contains).isPresent()) {
      withPresets = withPresets.withFallback(Presets.identity(identity.get()));
    }
    for (Map.Entry<String, String> use : SessionPresets.used(draft).entrySet()) {
      withPresets = withPresets.withFallback(Presets.sessions(use.getValue(), use.getKey()));
    }
    withPresets = withPresets.withFallback(FeatureClasses.settings()).withFallback(reference);
    for (Map.Entry<String, String> use : presetsUsed(draft).entrySet()) {
      String source = "itinera.sources." + ConfigUtil.joinPath(use.getKey());
      withPresets = withPresets.withFallback(Presets.block(use.getValue()).atPath(source));
    }
    Config layers = withPresets;
    return parsed(layers::resolve)
        .orElseGet(
            () -> {
              problems.throwIfAny();
              return layers;
            });
  }

  private void put(Config layer) {
    merged = layer.withFallback(merged);
  }

  /** Name of a source to the preset that it names, where that is one. */
  private static Map<String, String> presetsUsed(Config draft) {
    Map<String, String> used = new TreeMap<>();
    for (String source : namesOfSources(draft)) {
      String key = ConfigUtil.joinPath("itinera", "sources", source, "preset");
      textAt(draft, key)
          .filter(Presets.NAMES::contains)
          .ifPresent(preset -> used.put(source, preset));
    }
    return used;
  }

  /** What names presets, before they are there. */
  private Config draft() {
    ConfigResolveOptions lenient = ConfigResolveOptions.defaults().setAllowUnresolved(true);
    Config all = merged.withFallback(reference);
    return parsed(() -> all.resolve(lenient)).orElse(all);
  }

  private static Iterable<String> namesOfSources(Config draft) {
    try {
      ConfigObject sources = draft.getObject("itinera.sources");
      return List.copyOf(sources.keySet());
    } catch (ConfigException e) {
      // Whatever is wrong with it, the readers of the sections say so.
      return List.of();
    }
  }

  private static Optional<String> textAt(Config draft, String key) {
    try {
      return draft.hasPath(key) ? Optional.of(draft.getString(key)) : Optional.empty();
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  // Lists, sections and quoted text are HOCON; anything else, a path with colons say, is itself.
  private static ConfigValue setting(String text) {
    if (text.matches("(?s)\\s*[\\[{\"].*")) {
      return ConfigFactory.parseString(
              "it = " + text, ConfigParseOptions.defaults().setOriginDescription(SET))
          .getValue("it");
    }
    return ConfigValueFactory.fromAnyRef("null".equals(text) ? null : text, SET);
  }

  private Optional<Config> parsed(Supplier<Config> parse) {
    try {
      return Optional.of(parse.get());
    } catch (ConfigException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }
}
