package io.itinera.jobs.raw;

import java.io.Closeable;
import java.io.IOException;

/** Cuts one open file into records. */
interface RecordCutter extends Closeable {

  /**
   * The next record, null behind the last.
   *
   * @throws IOException if the rest of the file cannot be read
   */
  CutRecord next() throws IOException;
}
