package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.itinera.core.persona.FeatureLine;
import io.itinera.core.persona.FeatureSource;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Features of customers that classes on the class path bring. */
final class FeatureClasses {

  private FeatureClasses() {}

  /** All of them as settings that every file overrides. */
  static Config settings() {
    Config all = ConfigFactory.empty();
    for (FeatureSource source : ServiceLoader.load(FeatureSource.class)) {
      Map<String, Object> features = new TreeMap<>(source.features());
      source.lines().forEach((name, line) -> features.put(name, block(line)));
      String origin = "class " + source.getClass().getName();
      for (Map.Entry<String, Object> feature : features.entrySet()) {
        all =
            all.withValue(
                ConfigUtil.joinPath("itinera", "personas", "features", feature.getKey()),
                ConfigValueFactory.fromAnyRef(feature.getValue(), origin));
      }
    }
    return all;
  }

  private static Map<String, Object> block(FeatureLine line) {
    Map<String, Object> block = new TreeMap<>();
    block.put("over", line.over().text());
    block.put("sql", line.sql());
    line.unit().ifPresent(unit -> block.put("unit", unit.text()));
    line.transform().ifPresent(transform -> block.put("transform", transform.text()));
    line.ifMissing().ifPresent(number -> block.put("if-missing", number));
    return block;
  }
}
