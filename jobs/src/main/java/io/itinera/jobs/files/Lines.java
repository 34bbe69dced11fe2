package io.itinera.jobs.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;

/**
 * The lines of a file, one at a time: ended by a line feed with or without a carriage return. Of a
 * line that is longer than any record only the start is kept, so that it cannot fill the memory.
 */
public final class Lines implements Closeable {

  /** A longer line is not a record but an accident. */
  public static final int LONGEST = 32 * 1024 * 1024;

  /** What is kept of it. */
  private static final int SHOWN = 1000;

  private final Reader reader;
  private final char[] buffer = new char[64 * 1024];
  private int next;
  private int end;
  private boolean tooLong;

  /** Lines of {@code bytes}, read in {@code charset} unless a byte order mark names another. */
  public Lines(InputStream bytes, Charset charset) throws IOException {
    reader = new MixedText(bytes, charset);
  }

  /** The next line, or the start of a line that is {@link #wasTooLong}; null behind the last. */
  public String next() throws IOException {
    tooLong = false;
    StringBuilder line = null;
    while (next < end || fill()) {
      int start = next;
      while (next < end && buffer[next] != '\n') {
        next++;
      }
      if (next < end && line == null) {
        next++;
        return stripped(new String(buffer, start, next - 1 - start));
      }
      line = line == null ? new StringBuilder() : line;
      append(line, start);
      if (next < end) {
        next++;
        return stripped(line.toString());
      }
    }
    return line == null ? null : stripped(line.toString());
  }

  /** Whether the line that came last was cut off, its rest skipped. */
  public boolean wasTooLong() {
    return tooLong;
  }

  private void append(StringBuilder line, int start) {
    if (tooLong) {
      return;
    }
    line.append(buffer, start, next - start);
    if (line.length() > LONGEST) {
      tooLong = true;
      line.setLength(SHOWN);
      line.trimToSize();
    }
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, reader.read(buffer));
    return end > 0;
  }

  private static String stripped(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
