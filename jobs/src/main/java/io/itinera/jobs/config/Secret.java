package io.itinera.jobs.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A password or a token, which stands in the settings, or in the first line of a file. */
public final class Secret {

  private final String key;
  private final Optional<String> value;
  private final Optional<Path> file;

  private Secret(String key, Optional<String> value, Optional<Path> file) {
    this.key = key;
    this.value = value;
    this.file = file;
  }

  /** Which is {@code value}, as is set at {@code key}. */
  static Secret of(String key, String value) {
    return new Secret(key, Optional.of(value), Optional.empty());
  }

  /** Which is in {@code file}, as is set at {@code key}. */
  static Secret in(String key, Path file) {
    return new Secret(key, Optional.empty(), Optional.of(file));
  }

  /**
   * What it is now; a file is read each time, so that only who needs it must be able to.
   *
   * @throws ConfigProblemsException if the file cannot be read, or holds nothing
   */
  public String text() {
    return value.orElseGet(() -> firstLine(file.orElseThrow()));
  }

  private String firstLine(Path path) {
    try {
      String line = Files.readString(path).lines().findFirst().orElse("");
      if (!line.isBlank()) {
        return line;
      }
    } catch (IOException e) {
      throw refused(path, "there is no such file of text, or it cannot be read");
    }
    throw refused(path, "its first line is empty");
  }

  private ConfigProblemsException refused(Path path, String problem) {
    return new ConfigProblemsException(
        List.of("%s = %s: %s; it must hold the secret".formatted(key, path, problem)));
  }

  /** Its setting, and never what it is. */
  @Override
  public String toString() {
    return "Secret[%s]".formatted(key);
  }
}
