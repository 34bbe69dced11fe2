package io.itinera.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;

/** Includes files relative to the one that names them; HOCON itself would skip a missing one. */
final class RequiredIncludes implements ConfigIncluder, ConfigIncluderFile {

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return context.relativeTo(what).parse(mustExist(context));
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    Config included = ConfigFactory.parseFile(what, mustExist(context));
    return included.root();
  }

  private static ConfigParseOptions mustExist(ConfigIncludeContext context) {
    return context.parseOptions().setAllowMissing(false);
  }
}
