package io.itinera.jobs.raw;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.fs.FileStatus;

/**
 * A file of a landing folder.
 *
 * @param path as listed, with its scheme
 * @param sizeBytes size when listed
 * @param modifiedAt modification time when listed
 */
public record RawFile(String path, long sizeBytes, Instant modifiedAt) implements Serializable {

  /** The file as a file system lists it. */
  public static RawFile of(FileStatus status) {
    return new RawFile(
        status.getPath().toString(),
        status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()));
  }

  /** Modification time in microseconds since 1970. */
  public long modifiedMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, modifiedAt);
  }
}
