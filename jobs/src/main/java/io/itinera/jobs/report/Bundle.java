package io.itinera.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What pages bring along, as it lies in the jar. */
final class Bundle {

  private Bundle() {}

  /** The bytes of a resource of the report. */
  static byte[] bytes(String name) {
    try (InputStream stream = Bundle.class.getResourceAsStream("/report/" + name)) {
      return Objects.requireNonNull(stream, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s in the jar".formatted(name), e);
    }
  }

  /** The same as text. */
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
