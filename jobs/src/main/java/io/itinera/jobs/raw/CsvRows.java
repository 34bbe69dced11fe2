package io.itinera.jobs.raw;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import org.apache.spark.sql.catalyst.csv.CSVOptions;

/**
 * Rows of fields, with the text that each was made of. With Spark's option {@code multiLine} a
 * quoted field may go over several lines; without, each line is a row, whatever its quotes.
 */
final class CsvRows implements Closeable {

  private static final int BYTE_ORDER_MARK = '\ufeff';

  private final CSVOptions options;
  private final CsvParser parser;
  private final InputStream bytes;
  private final Lines lines;
  private String[] ahead;
  private String text;

  CsvRows(InputStream bytes, CSVOptions options) throws IOException {
    this.options = options;
    this.bytes = bytes;
    this.parser = new CsvParser(options.asParserSettings());
    Charset charset = Charset.forName(options.charset());
    if (options.multiLine()) {
      lines = null;
      parser.beginParsing(withoutMark(bytes, charset));
    } else {
      lines = new Lines(bytes, charset);
    }
  }

  /**
   * The next row, null behind the last.
   *
   * @throws TextParsingException if it cannot be parted into fields; the next one perhaps can
   */
  String[] next() throws IOException {
    if (ahead != null) {
      String[] row = ahead;
      ahead = null;
      return row;
    }
    return lines == null ? nextInDocument() : nextLine();
  }

  /** The next row, which {@link #next} will give again. */
  String[] peek() throws IOException {
    ahead = next();
    return ahead;
  }

  /** Text of the row that came last. */
  String text() {
    return text;
  }

  private String[] nextLine() throws IOException {
    text = lines.next();
    while (text != null && (text.isBlank() || isComment())) {
      text = lines.next();
    }
    return text == null ? null : parser.parseLine(text);
  }

  private boolean isComment() {
    return options.isCommentSet() && text.indexOf(options.comment()) == 0;
  }

  private String[] nextInDocument() throws IOException {
    try {
      String[] row = parser.parseNext();
      String content = row == null ? null : parser.getContext().currentParsedContent();
      text = content == null ? null : content.strip();
      return row;
    } catch (IllegalStateException e) {
      // The parser wraps what reading threw, so that a broken file looks like a broken row.
      throw new IOException("The file cannot be read to its end: " + rootOf(e).getMessage(), e);
    }
  }

  private static Throwable rootOf(Throwable e) {
    return e.getCause() == null ? e : rootOf(e.getCause());
  }

  private static InputStreamReader withoutMark(InputStream bytes, Charset charset)
      throws IOException {
    java.io.PushbackInputStream pushback = new java.io.PushbackInputStream(bytes, 3);
    byte[] start = pushback.readNBytes(3);
    boolean isMark =
        new String(start, java.nio.charset.StandardCharsets.UTF_8)
                .codePoints()
                .findFirst()
                .orElse(0)
            == BYTE_ORDER_MARK;
    if (!isMark) {
      pushback.unread(start);
    }
    return new InputStreamReader(pushback, charset);
  }

  @Override
  public void close() throws IOException {
    parser.stopParsing();
    bytes.close();
  }
}
