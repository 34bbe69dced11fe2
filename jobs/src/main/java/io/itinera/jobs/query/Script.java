package io.itinera.jobs.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Queries one after the other, each ended by a semicolon; the last one need not have it.
 *
 * <p>A semicolon within quotes, ticks or a comment ends nothing. Quotes are those of Spark SQL: two
 * of them within a text or a backslash before one stand for the quote itself.
 */
public final class Script {

  private final String text;
  private final List<String> statements = new ArrayList<>();
  private int place;
  private int start;
  private boolean holdsWords;

  private Script(String text) {
    this.text = text;
  }

  /**
   * The statements of {@code text} without their semicolons; what is empty or a comment is none.
   */
  public static List<String> statements(String text) {
    Script script = new Script(text);
    script.read();
    if (script.holdsWords) {
      script.statements.add(text.substring(script.start).strip());
    }
    return List.copyOf(script.statements);
  }

  /** Whether nothing but blanks and comments follows the last semicolon of {@code text}. */
  public static boolean isEnded(String text) {
    Script script = new Script(text);
    script.read();
    return !script.holdsWords;
  }

  private void read() {
    while (place < text.length()) {
      char letter = text.charAt(place);
      if (text.startsWith("--", place)) {
        skipLine();
      } else if (text.startsWith("/*", place)) {
        skipComment();
      } else if (letter == '\'' || letter == '"' || letter == '`') {
        holdsWords = true;
        skipQuoted(letter);
      } else {
        if (letter == ';') {
          end();
        } else if (!Character.isWhitespace(letter)) {
          holdsWords = true;
        }
        place++;
      }
    }
  }

  private void end() {
    if (holdsWords) {
      statements.add(text.substring(start, place).strip());
    }
    start = place + 1;
    holdsWords = false;
  }

  private void skipLine() {
    int end = text.indexOf('\n', place);
    place = end < 0 ? text.length() : end + 1;
  }

  /** Comments lie within comments in Spark SQL. */
  private void skipComment() {
    int depth = 0;
    do {
      if (text.startsWith("/*", place)) {
        depth++;
        place += 2;
      } else if (text.startsWith("*/", place)) {
        depth--;
        place += 2;
      } else {
        place++;
      }
    } while (depth > 0 && place < text.length());
    // One that is never closed asks for more.
    holdsWords |= depth > 0;
  }

  private void skipQuoted(char quote) {
    for (place++; place < text.length(); place++) {
      char letter = text.charAt(place);
      if (letter == '\\' && quote != '`') {
        place++;
      } else if (letter == quote) {
        place++;
        return;
      }
    }
  }
}
