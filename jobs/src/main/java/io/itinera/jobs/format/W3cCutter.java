package io.itinera.jobs.format;

import io.itinera.jobs.files.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of a W3C extended log. A line {@code #Fields:} names the fields of those behind it, and may
 * come again with others; other lines that start with {@code #} are no records. A field is a word,
 * or stands in quotes, where a quote is doubled; {@code -} is null.
 *
 * @see <a href="https://www.w3.org/TR/WD-logfile.html">Extended Log File Format</a>
 */
final class W3cCutter implements RecordCutter {

  private static final String FIELDS = "#Fields:";
  private static final String NOTHING = "-";

  private final Lines lines;
  private final Fields fields;
  private List<String> names = List.of();
  private String fieldsLine;

  W3cCutter(Lines lines, Fields fields) {
    this.lines = lines;
    this.fields = fields;
  }

  @Override
  public CutRecord next() throws IOException {
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.startsWith(FIELDS)) {
        fieldsLine = line;
        names = words(line.substring(FIELDS.length()));
      } else if (!isPadding(line) && !line.startsWith("#")) {
        return record(line);
      }
    }
    return null;
  }

  /** The line that names the fields of the record that came last; null where there was none. */
  String fieldsLine() {
    return fieldsLine;
  }

  @Override
  public Collection<String> names() {
    return names;
  }

  /** IIS makes its files longer than what it has written into them, by characters of code 0. */
  private static boolean isPadding(String line) {
    return line.chars().allMatch(c -> c == 0 || Character.isWhitespace(c));
  }

  private CutRecord record(String line) {
    if (lines.wasTooLong()) {
      return CutRecord.cutOff(line);
    }
    if (names.isEmpty()) {
      return CutRecord.malformed(line, "No #Fields: line comes before it.");
    }
    List<String> values = words(line);
    if (values.size() != names.size()) {
      return CutRecord.malformed(
          line, "It has %d fields instead of %d.".formatted(values.size(), names.size()));
    }
    String[] cells = new String[fields.wanted().size()];
    Map<String, String> other = null;
    for (int i = 0; i < names.size(); i++) {
      String value = NOTHING.equals(values.get(i)) ? null : values.get(i);
      int place = fields.placeOf(names.get(i));
      if (place >= 0) {
        cells[place] = value;
      } else if (value != null && fields.isOther(names.get(i))) {
        other = other == null ? new HashMap<>() : other;
        other.put(names.get(i), value);
      }
    }
    return CutRecord.of(line, Collections.unmodifiableList(Arrays.asList(cells)), other);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (c == '"') {
        int end = closingQuote(line, at + 1);
        words.add(line.substring(at + 1, end).replace("\"\"", "\""));
        at = end + 1;
      } else {
        int end = at;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
          end++;
        }
        words.add(line.substring(at, end));
        at = end;
      }
    }
    return words;
  }

  /** Where the next quote stands that is not doubled, else the end. */
  private static int closingQuote(String line, int from) {
    int quote = line.indexOf('"', from);
    while (quote >= 0 && quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
      quote = line.indexOf('"', quote + 2);
    }
    return quote < 0 ? line.length() : quote;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
