package io.itinera.jobs.format;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.itinera.jobs.files.Lines;
import io.itinera.jobs.files.MixedText;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import org.apache.spark.sql.catalyst.csv.CSVOptions;

/**
 * Rows of fields, with the text that each was made of. With Spark's option {@code multiLine} a
 * quoted field may go over several lines; without, each line is a row, whatever its quotes.
 */
final class CsvRows implements Rows {

  private static final int UNLIMITED = -1;

  private final CSVOptions options;
  private final CsvParser parser;
  private final InputStream bytes;
  private final Lines lines;
  private final Guard guard;
  private String[] ahead;
  private String text;

  CsvRows(InputStream bytes, CSVOptions options) throws IOException {
    this.options = options;
    this.bytes = bytes;
    CsvParserSettings settings = options.asParserSettings();
    // A limit would be allocated at once, in every file; what is too long ends before the parser.
    settings.setMaxCharsPerColumn(UNLIMITED);
    this.parser = new CsvParser(settings);
    Charset charset = Charset.forName(options.charset());
    if (options.multiLine()) {
      lines = null;
      guard = new Guard(new MixedText(bytes, charset));
      parser.beginParsing(guard);
    } else {
      guard = null;
      lines = new Lines(bytes, charset);
    }
  }

  @Override
  public String[] next() throws IOException {
    if (ahead != null) {
      String[] row = ahead;
      ahead = null;
      return row;
    }
    if (guard != null) {
      guard.nextRow();
    }
    return lines == null ? nextInDocument() : nextLine();
  }

  @Override
  public String[] peek() throws IOException {
    ahead = next();
    return ahead;
  }

  @Override
  public String text() {
    return text;
  }

  private String[] nextLine() throws IOException {
    text = lines.next();
    while (text != null && (text.isBlank() || isComment())) {
      text = lines.next();
    }
    if (text != null && lines.wasTooLong()) {
      throw new TextParsingException(null, CutRecord.cutOff(text).detail());
    }
    return text == null ? null : parser.parseLine(text);
  }

  private boolean isComment() {
    return options.isCommentSet() && text.indexOf(options.comment()) == 0;
  }

  private String[] nextInDocument() throws IOException {
    String[] row = nextParsed();
    String content = row == null ? null : parser.getContext().currentParsedContent();
    text = content == null ? null : content.strip();
    if (content != null && parser.getContext().isStopped() && isOpen(content)) {
      throw new TextParsingException(null, "A quote is left open.");
    }
    return row;
  }

  private String[] nextParsed() throws IOException {
    try {
      return parser.parseNext();
    } catch (TextParsingException e) {
      // The parser has stopped: it would call this the end of the file.
      text = null;
      throw new IOException("A field never ends: is a quote left open?", e);
    } catch (IllegalStateException e) {
      // The parser wraps what reading threw, so that a broken file looks like a broken row.
      throw new IOException("The file cannot be read to its end: " + rootOf(e).getMessage(), e);
    }
  }

  /** Whether the last row of a file ends inside of quotes: then it is all that came behind, too. */
  private boolean isOpen(String content) {
    String separator = options.delimiter();
    boolean isOpen = false;
    boolean isStart = true;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      boolean isEscape = isOpen && c == options.escape() && i + 1 < content.length();
      if (isEscape && (c != options.quote() || content.charAt(i + 1) == c)) {
        i++;
      } else if (c == options.quote()) {
        isOpen = !isOpen && isStart;
        isStart = false;
      } else {
        boolean isSkipped = options.ignoreLeadingWhiteSpaceInRead() && Character.isWhitespace(c);
        isStart = content.startsWith(separator, i) || (isStart && isSkipped);
      }
    }
    return isOpen;
  }

  private static Throwable rootOf(Throwable e) {
    return e.getCause() == null ? e : rootOf(e.getCause());
  }

  @Override
  public void close() throws IOException {
    parser.stopParsing();
    bytes.close();
  }

  /** Stops a row that goes on and on: an unclosed quote would swallow the rest of the file. */
  private static final class Guard extends FilterReader {

    private long read;

    Guard(Reader text) {
      super(text);
    }

    void nextRow() {
      read = 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      read += Math.max(0, count);
      if (read > Lines.LONGEST) {
        throw new IOException(
            "a row is longer than %,d characters: is a quote left open?".formatted(Lines.LONGEST));
      }
      return count;
    }
  }
}
