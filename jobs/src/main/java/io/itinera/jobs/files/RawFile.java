package io.itinera.jobs.files;

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
 * @param said what its manifest says of it; null where it has none
 */
public record RawFile(String path, long sizeBytes, Instant modifiedAt, ManifestEntry said)
    implements Serializable {

  /** What names of files have in them whose records were rejected before. */
  public static final String REJECTED = ".rejected-";

  /** The file as a file system lists it. */
  public static RawFile of(FileStatus status) {
    return new RawFile(
        status.getPath().toString(),
        status.getLen(),
        Instant.ofEpochMilli(status.getModificationTime()),
        null);
  }

  /** The same file, to be read only if it is what its manifest says. */
  public RawFile with(ManifestEntry entry) {
    return new RawFile(path, sizeBytes, modifiedAt, entry);
  }

  /** Its name in its folder. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it holds records that were rejected before. */
  public boolean isOfRejected() {
    return name().contains(REJECTED);
  }

  /** The folder that it lies in. */
  public String folder() {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Modification time in microseconds since 1970. */
  public long modifiedMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, modifiedAt);
  }
}
