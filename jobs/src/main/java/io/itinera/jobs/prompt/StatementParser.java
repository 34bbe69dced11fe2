package io.itinera.jobs.prompt;

import io.itinera.jobs.query.Script;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells whether what was typed is whole, and which word is being completed. */
final class StatementParser implements Parser {

  /** What begins with this is said to the prompt, not to Spark, and ends with its line. */
  static final String TO_THE_PROMPT = ".";

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean isWhole =
        line.isBlank() || line.stripLeading().startsWith(TO_THE_PROMPT) || Script.isEnded(line);
    if (context == ParseContext.ACCEPT_LINE && !isWhole) {
      throw new EOFError(-1, cursor, "A query ends with a semicolon", ";");
    }
    int from = cursor;
    while (from > 0 && isPartOfName(line.charAt(from - 1))) {
      from--;
    }
    return new Word(line, cursor, from);
  }

  // A query may hold what JLine takes for its own: a backslash, or an exclamation mark.
  @Override
  public boolean isEscapeChar(char letter) {
    return false;
  }

  private static boolean isPartOfName(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '_';
  }

  /**
   * The word before the cursor.
   *
   * @param from where it begins
   */
  private record Word(String line, int cursor, int from) implements ParsedLine {

    @Override
    public String word() {
      return line.substring(from, cursor);
    }

    @Override
    public int wordCursor() {
      return cursor - from;
    }

    @Override
    public int wordIndex() {
      return 1;
    }

    /** What stands before it, and itself. */
    @Override
    public List<String> words() {
      return List.of(line.substring(0, from), word());
    }
  }
}
