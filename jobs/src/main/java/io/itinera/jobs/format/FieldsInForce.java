package io.itinera.jobs.format;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/** Finds again the lines that name the fields of a W3C log's records. */
final class FieldsInForce implements Closeable {

  private final W3cCutter cutter;
  private long position;
  private String last;

  FieldsInForce(W3cCutter cutter) {
    this.cutter = cutter;
  }

  /**
   * What to write in front of a record.
   *
   * @param wanted ordinal of the record in its file; must not fall from call to call
   * @return a line {@code #Fields} with its end, or nothing where that of the record before holds
   */
  String before(long wanted) throws IOException {
    while (position < wanted && cutter.next() != null) {
      position++;
    }
    String line = cutter.fieldsLine();
    boolean isNews = line != null && !Objects.equals(line, last);
    last = line;
    return isNews ? line + "\n" : "";
  }

  @Override
  public void close() throws IOException {
    cutter.close();
  }
}
