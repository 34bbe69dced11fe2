package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where settings name presets of sessions: for all channels, for one, and in each definition. */
final class SessionPresets {

  private static final String SESSIONS = "itinera.sessions";
  private static final String CHANNELS = "channels";
  private static final String DEFINITIONS = "definitions";

  private SessionPresets() {}

  /** Path of a section to the preset that it names, where that is one. */
  static Map<String, String> used(Config draft) {
    Map<String, String> used = new TreeMap<>();
    addOf(draft, SESSIONS, used);
    for (String name : names(draft, below(SESSIONS, DEFINITIONS))) {
      addOf(draft, below(SESSIONS, DEFINITIONS, name), used);
    }
    return used;
  }

  private static void addOf(Config draft, String section, Map<String, String> used) {
    add(draft, section, used);
    for (String name : names(draft, below(section, CHANNELS))) {
      add(draft, below(section, CHANNELS, name), used);
    }
  }

  private static void add(Config draft, String section, Map<String, String> used) {
    try {
      String key = below(section, "preset");
      if (draft.hasPath(key) && Presets.SESSIONS.contains(draft.getString(key))) {
        used.put(section, draft.getString(key));
      }
    } catch (ConfigException e) {
      // Whatever is wrong with it, the reader of the section says so.
      return;
    }
  }

  private static List<String> names(Config draft, String section) {
    try {
      return draft.hasPath(section) ? List.copyOf(draft.getObject(section).keySet()) : List.of();
    } catch (ConfigException e) {
      return List.of();
    }
  }

  private static String below(String section, String... names) {
    return section + "." + ConfigUtil.joinPath(names);
  }
}
