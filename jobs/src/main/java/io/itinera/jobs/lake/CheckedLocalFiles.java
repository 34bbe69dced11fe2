package io.itinera.jobs.lake;

import org.apache.hadoop.fs.LocalFileSystem;

/**
 * {@link LocalFiles} with Hadoop's check sums beside them, as its own file system for {@code file:}
 * has them. For {@code fs.file.impl}, in a JVM that has Itinera on its class path from the start.
 */
public final class CheckedLocalFiles extends LocalFileSystem {

  /** For Hadoop, which makes file systems by their name. */
  public CheckedLocalFiles() {
    super(new LocalFiles());
  }
}
