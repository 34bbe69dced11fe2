package io.itinera.jobs.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Cuts one open file into records. */
public interface RecordCutter extends Closeable {

  /**
   * The next record, null behind the last.
   *
   * @throws IOException if the rest of the file cannot be read
   */
  CutRecord next() throws IOException;

  /** Names of the fields of the records so far; empty where a format has no names. */
  default Collection<String> names() {
    return List.of();
  }
}
