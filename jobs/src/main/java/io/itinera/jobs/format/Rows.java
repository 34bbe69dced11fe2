package io.itinera.jobs.format;

import com.univocity.parsers.common.TextParsingException;
import java.io.Closeable;
import java.io.IOException;

/** Rows of fields, with the text that each was made of. */
interface Rows extends Closeable {

  /**
   * The next row, null behind the last.
   *
   * @throws TextParsingException if it cannot be parted into fields; the next one perhaps can
   * @throws IOException if no further one can be read
   */
  String[] next() throws IOException;

  /** The next row, which {@link #next} will give again. */
  String[] peek() throws IOException;

  /** Text of the row that came last. */
  String text();
}
