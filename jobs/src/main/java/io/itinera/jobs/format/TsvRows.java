package io.itinera.jobs.format;

import com.univocity.parsers.common.TextParsingException;
import io.itinera.jobs.files.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of fields between tabs, never quoted. With an escape character a tab, a line end or the
 * character itself is data behind it, as in Adobe's data feeds; then a row may go over several
 * lines.
 */
final class TsvRows implements Rows {

  private static final char TAB = '\t';

  private final Lines lines;
  private final Optional<Character> escape;
  private String[] ahead;
  private String text;

  TsvRows(Lines lines, Optional<Character> escape) {
    this.lines = lines;
    this.escape = escape;
  }

  @Override
  public String[] next() throws IOException {
    if (ahead != null) {
      String[] row = ahead;
      ahead = null;
      return row;
    }
    text = lines.next();
    while (text != null && text.isEmpty()) {
      text = lines.next();
    }
    if (text == null) {
      return null;
    }
    if (lines.wasTooLong()) {
      throw new TextParsingException(null, CutRecord.cutOff(text).detail());
    }
    return escape.isEmpty() ? text.split("\t", -1) : unescaped(escape.get());
  }

  private String[] unescaped(char mark) throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == TAB) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c != mark) {
        field.append(c);
      } else if (i + 1 < text.length()) {
        i++;
        field.append(text.charAt(i));
      } else {
        String more = lines.next();
        if (more != null && text.length() + more.length() <= Lines.LONGEST) {
          text = text + '\n' + more;
          field.append('\n');
          i++;
        }
      }
    }
    fields.add(field.toString());
    return fields.toArray(String[]::new);
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

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
