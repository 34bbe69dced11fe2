package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.itinera.core.persona.FeatureSource;
import java.util.Map;
import java.util.ServiceLoader;

/** Features of customers that classes on the class path bring. */
final class FeatureClasses {

  private FeatureClasses() {}

  /** All of them as settings that every file overrides. */
  static Config settings() {
    Config all = ConfigFactory.empty();
    for (FeatureSource source : ServiceLoader.load(FeatureSource.class)) {
      String origin = "class " + source.getClass().getName();
      for (Map.Entry<String, String> feature : source.features().entrySet()) {
        all =
            all.withValue(
                ConfigUtil.joinPath("itinera", "personas", "features", feature.getKey()),
                ConfigValueFactory.fromAnyRef(feature.getValue(), origin));
      }
    }
    return all;
  }
}
