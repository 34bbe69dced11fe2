package io.itinera.jobs.raw;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A file of a landing folder.
 *
 * @param path as listed, with its scheme
 * @param sizeBytes size when listed
 * @param modifiedAt modification time when listed
 */
public record RawFile(String path, long sizeBytes, Instant modifiedAt) implements Serializable {

  /** Modification time in microseconds since 1970. */
  public long modifiedMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, modifiedAt);
  }
}
