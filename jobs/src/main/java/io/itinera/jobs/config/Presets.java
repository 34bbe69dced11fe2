package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;

/** The vendor formats that are shipped: blocks of a source, any key of which can be overridden. */
final class Presets {

  /** Each is a file of that name in {@code conf/sources}. */
  static final List<String> NAMES =
      List.of(
          "ga4-export",
          "genesys-conversations",
          "salesforce-cases",
          "salesforce-contacts",
          "salesforce-tasks",
          "segment-spec");

  private Presets() {}

  /** The block of the preset {@code name}, its substitutions not yet resolved. */
  static Config block(String name) {
    return shipped("conf/sources/" + name + ".conf");
  }

  /** A file of the folder {@code conf} that travels in the jar. */
  static Config shipped(String resource) {
    return ConfigFactory.parseResources(
        Presets.class.getClassLoader(),
        resource,
        ConfigParseOptions.defaults().setAllowMissing(false));
  }
}
