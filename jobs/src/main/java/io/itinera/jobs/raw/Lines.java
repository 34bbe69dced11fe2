package io.itinera.jobs.raw;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

/**
 * The lines of a file, one at a time: ended by a line feed with or without a carriage return, the
 * byte order mark left out, and bytes that are no text replaced.
 */
final class Lines implements Closeable {

  /** A longer line is not text but an accident: it must not fill the memory. */
  private static final int LONGEST = 64 * 1024 * 1024;

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Reader reader;
  private final char[] buffer = new char[64 * 1024];
  private int next;
  private int end;
  private boolean atStart = true;

  Lines(InputStream bytes, Charset charset) {
    reader = new InputStreamReader(bytes, charset);
  }

  /** The next line, null behind the last. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    while (next < end || fill()) {
      int start = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      line.append(buffer, start, next - start);
      if (line.length() > LONGEST) {
        throw new IOException("A line is longer than %,d characters".formatted(LONGEST));
      }
      if (next < end) {
        next++;
        return stripped(line);
      }
    }
    return line.isEmpty() ? null : stripped(line);
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, reader.read(buffer));
    return end > 0;
  }

  private String stripped(StringBuilder line) {
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    if (atStart && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK) {
      line.deleteCharAt(0);
    }
    atStart = false;
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
