package io.itinera.jobs.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A fingerprint of the settings that shape results. */
final class ConfigHash {

  private static final String ROOT = "itinera";

  /** Where and when it runs, who may ask, and the secrets. */
  private static final List<String> LEFT_OUT =
      List.of("landing", "warehouse", "database", "id-key", "as-of", "report", "serve", "spark");

  private ConfigHash() {}

  /** SHA-256 of the resolved settings without paths, secrets, as-of and Spark's own settings. */
  static String of(ConfigObject root) {
    if (!(root.get(ROOT) instanceof ConfigObject itinera)) {
      return "";
    }
    ConfigObject shaping = itinera;
    for (String key : LEFT_OUT) {
      shaping = shaping.withoutKey(key);
    }
    if (shaping.get("sources") instanceof ConfigObject sources) {
      shaping = shaping.withValue("sources", withoutPaths(sources));
    }
    return sha256(shaping.render(ConfigRenderOptions.concise()));
  }

  private static ConfigObject withoutPaths(ConfigObject sources) {
    ConfigObject stripped = sources;
    for (Map.Entry<String, ConfigValue> source : sources.entrySet()) {
      if (source.getValue() instanceof ConfigObject block) {
        stripped = stripped.withValue(source.getKey(), block.withoutKey("path"));
      }
    }
    return stripped;
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
