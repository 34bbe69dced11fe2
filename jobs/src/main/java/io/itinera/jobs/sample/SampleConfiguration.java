package io.itinera.jobs.sample;

import io.itinera.core.sample.SampleRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** The configuration with which the pipeline reads the sample company. */
final class SampleConfiguration {

  private static final String TEMPLATE = "itinera.conf";

  private SampleConfiguration() {}

  static String text(SampleRules rules, Path home) throws IOException {
    return template()
        .replace("@HOME@", home.toString().replace("\\", "\\\\").replace("\"", "\\\""))
        .replace("@AS_OF@", rules.lastDay().toString())
        .replace("@SEED@", Long.toString(rules.seed()));
  }

  private static String template() throws IOException {
    try (InputStream template = SampleConfiguration.class.getResourceAsStream(TEMPLATE)) {
      byte[] bytes = Objects.requireNonNull(template, TEMPLATE).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
