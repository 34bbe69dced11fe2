package io.itinera.jobs.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads settings that a test writes as text. */
final class ConfigText {

  private ConfigText() {}

  /** The settings of {@code hocon} upon the shipped ones. */
  static ItineraConfig read(Path folder, String hocon) {
    return ConfigReader.read(List.of(file(folder, "my.conf", hocon)), Map.of(), Map.of());
  }

  /** What is wrong with {@code hocon}, a line each, the folder left out. */
  static List<String> problems(Path folder, String hocon) {
    ConfigProblemsException refused =
        catchThrowableOfType(ConfigProblemsException.class, () -> read(folder, hocon));
    return refused == null
        ? List.of()
        : refused.problems().stream().map(line -> line.replace(folder + "/", "")).toList();
  }

  static Path file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
