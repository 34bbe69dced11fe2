package io.itinera.jobs.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One object of the configuration, which knows its path and which of its keys were asked for.
 *
 * <p>A wrong value is noted and replaced by a harmless one, so that reading can go on.
 */
final class Settings {

  private final ConfigObject object;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new TreeSet<>();
  private final List<Settings> opened = new ArrayList<>();

  Settings(ConfigObject object, String path, Problems problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** The value at {@code key}, which must be there. */
  <T> T get(String key, SettingKind<T> kind) {
    ConfigValue value = valueAt(key);
    if (value == null) {
      problems.missing(object.origin(), pathOf(key), kind.allowed());
      return kind.standIn();
    }
    return read(value, pathOf(key), kind);
  }

  /** The value at {@code key}, if it is there. */
  <T> Optional<T> find(String key, SettingKind<T> kind) {
    return Optional.ofNullable(valueAt(key)).map(value -> read(value, pathOf(key), kind));
  }

  /** The elements of the list at {@code key}, which must be there. */
  <T> List<T> list(String key, SettingKind<T> kind) {
    List<T> elements = new ArrayList<>();
    listAt(key).forEach((place, value) -> elements.add(read(value, place, kind)));
    return elements;
  }

  /** The sections in the list at {@code key}, which must be there. */
  List<Settings> sections(String key) {
    List<Settings> sections = new ArrayList<>();
    listAt(key).forEach((place, value) -> sections.add(open(value, place)));
    return sections;
  }

  /** The section at {@code key}; an empty one, and a problem noted, if there is none. */
  Settings section(String key) {
    ConfigValue value = valueAt(key);
    if (value == null) {
      problems.missing(object.origin(), pathOf(key), "a section in braces");
      return silent(pathOf(key));
    }
    return open(value, pathOf(key));
  }

  /** The section at {@code key}, if it is there. */
  Optional<Settings> findSection(String key) {
    return Optional.ofNullable(valueAt(key)).map(value -> open(value, pathOf(key)));
  }

  /** The sections inside this one by name, in order of their names; every name is welcome. */
  Map<String, Settings> named() {
    Map<String, Settings> sections = new LinkedHashMap<>();
    for (String key : names()) {
      sections.put(key, open(valueAt(key), pathOf(key)));
    }
    return sections;
  }

  /** Whether nobody has set the value at {@code key} of {@code section}: it comes with the jar. */
  boolean isShipped(String section, String key) {
    return object.get(section) instanceof ConfigObject inner && isShipped(inner, key);
  }

  /** The same of {@code key} in this section. */
  boolean isShipped(String key) {
    return isShipped(object, key);
  }

  private static boolean isShipped(ConfigObject section, String key) {
    return section.get(key) != null && section.get(key).origin().resource() != null;
  }

  /** The values inside this section by name; every name is welcome. */
  <T> Map<String, T> values(SettingKind<T> kind) {
    Map<String, T> values = new LinkedHashMap<>();
    for (String key : names()) {
      values.put(key, get(key, kind));
    }
    return values;
  }

  /** All values below this section as text, by their dotted names. */
  Map<String, String> dotted() {
    known.addAll(object.keySet());
    Map<String, String> values = new TreeMap<>();
    object
        .toConfig()
        .entrySet()
        .forEach(
            entry -> {
              String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
              if (values.containsKey(name)) {
                problems.wrong(
                    entry.getValue(), pathOf(name), "is set twice; leave out its quotes");
              }
              values.put(name, read(entry.getValue(), pathOf(name), SettingKind.TEXT));
            });
    return values;
  }

  /** Whether something is set at {@code key}. */
  boolean has(String key) {
    return valueAt(key) != null;
  }

  /** Whether a list is set at {@code key}. */
  boolean hasList(String key) {
    return valueAt(key) instanceof ConfigList;
  }

  /** Whether a section in braces is set at {@code key}. */
  boolean hasSection(String key) {
    return valueAt(key) instanceof ConfigObject;
  }

  /** A hash of all that is set here. */
  String fingerprint() {
    return ConfigHash.sha256(object.render(ConfigRenderOptions.concise()));
  }

  /** Names of all that is set here. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(object.keySet());
    names.removeIf(key -> object.get(key).valueType() == ConfigValueType.NULL);
    return names;
  }

  /** Regards every key of this section as known, because it is not read at all. */
  void skip() {
    known.addAll(object.keySet());
  }

  /**
   * Makes a record of this section's values; null, and a problem noted, if it refuses them. What it
   * refuses after another problem of the section is not noted: the harmless values are to blame.
   */
  <T> T build(Supplier<T> make) {
    int before = problems.count();
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      if (problems.count() == before) {
        problems.section(object.origin(), path, e.getMessage());
      }
      return null;
    }
  }

  /** Notes that this section cannot be as it is. */
  void refuse(String problem) {
    problems.section(object.origin(), path, problem);
  }

  /** Notes that the value at {@code key} cannot be as it is. */
  void refuse(String key, String allowed) {
    problems.wrong(object.get(key), pathOf(key), allowed);
  }

  /** Notes every key, here and in the sections opened, that nobody asked for. */
  void noteUnknown() {
    for (String key : names()) {
      if (!known.contains(key)) {
        String hint = NearestName.hint(key, known);
        String allowed = hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint;
        problems.wrong(object.get(key), pathOf(key), "unknown setting" + allowed);
      }
    }
    opened.forEach(Settings::noteUnknown);
  }

  private Map<String, ConfigValue> listAt(String key) {
    Map<String, ConfigValue> elements = new LinkedHashMap<>();
    ConfigValue value = valueAt(key);
    if (value == null) {
      problems.missing(object.origin(), pathOf(key), "a list in brackets");
    } else if (value instanceof ConfigList list) {
      for (int i = 0; i < list.size(); i++) {
        elements.put("%s[%d]".formatted(pathOf(key), i), list.get(i));
      }
    } else {
      problems.wrong(value, pathOf(key), "must be a list in brackets");
    }
    return elements;
  }

  private Settings open(ConfigValue value, String place) {
    if (value instanceof ConfigObject child) {
      Settings section = new Settings(child, place, problems);
      opened.add(section);
      return section;
    }
    problems.wrong(value, place, "must be a section in braces");
    return silent(place);
  }

  // Of a section that is not there, nothing more needs to be said.
  private static Settings silent(String place) {
    return new Settings(ConfigFactory.empty().root(), place, new Problems());
  }

  private <T> T read(ConfigValue value, String place, SettingKind<T> kind) {
    try {
      return kind.convert().apply(value);
    } catch (IllegalArgumentException e) {
      problems.wrong(value, place, e.getMessage());
      return kind.standIn();
    }
  }

  private ConfigValue valueAt(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
