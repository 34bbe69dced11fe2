package io.itinera.core.trail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The text of a pattern, and how far it was read. Blanks part words and mean nothing else. */
final class PatternText {

  private static final int MOST_PIECES = 3;
  private static final long MOST_DAYS = 36_500;

  private static final Map<String, Duration> UNITS =
      Map.ofEntries(
          Map.entry("s", Duration.ofSeconds(1)),
          Map.entry("second", Duration.ofSeconds(1)),
          Map.entry("seconds", Duration.ofSeconds(1)),
          Map.entry("m", Duration.ofMinutes(1)),
          Map.entry("minute", Duration.ofMinutes(1)),
          Map.entry("minutes", Duration.ofMinutes(1)),
          Map.entry("h", Duration.ofHours(1)),
          Map.entry("hour", Duration.ofHours(1)),
          Map.entry("hours", Duration.ofHours(1)),
          Map.entry("d", Duration.ofDays(1)),
          Map.entry("day", Duration.ofDays(1)),
          Map.entry("days", Duration.ofDays(1)),
          Map.entry("w", Duration.ofDays(7)),
          Map.entry("week", Duration.ofDays(7)),
          Map.entry("weeks", Duration.ofDays(7)));

  private final String text;
  private int at;

  PatternText(String text) {
    this.text = text;
  }

  boolean isAt(String sign) {
    skipBlanks();
    return text.startsWith(sign, at);
  }

  boolean takes(String sign) {
    boolean isHere = isAt(sign);
    at += isHere ? sign.length() : 0;
    return isHere;
  }

  /** Whether {@code word} stands here as a whole, with something behind it that is no name. */
  boolean takesWord(String word) {
    if (!isAt(word)) {
      return false;
    }
    int end = at + word.length();
    boolean isWhole = end >= text.length() || !isOfName(end);
    at = isWhole ? end : at;
    return isWhole;
  }

  void require(String sign) {
    if (!takes(sign)) {
      throw problem(sign + " is expected");
    }
  }

  void requireEnd() {
    skipBlanks();
    if (at < text.length()) {
      throw problem("-> or the end is expected");
    }
  }

  PatternException problem(String problem) {
    skipBlanks();
    return new PatternException(text, at, problem);
  }

  /** A whole number up to {@code most}. */
  int number(int most) {
    skipBlanks();
    int end = at;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (end == at || end - at > 9 || Integer.parseInt(text.substring(at, end)) > most) {
      throw problem("a whole number up to %,d is expected".formatted(most));
    }
    int number = Integer.parseInt(text.substring(at, end));
    at = end;
    return number;
  }

  /** A length of time in microseconds. */
  long time() {
    long number = number(1_000_000_000);
    skipBlanks();
    int start = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    Duration unit = UNITS.get(text.substring(start, at));
    if (unit == null) {
      at = start;
      throw problem("a unit of time is expected: s, m, h, d, w, or a word such as minutes");
    }
    if (number * unit.toSeconds() > Duration.ofDays(MOST_DAYS).toSeconds()) {
      at = start;
      throw problem("a time may be up to %,d days".formatted(MOST_DAYS));
    }
    return number * unit.toNanos() / 1_000;
  }

  /** The pieces of a name. */
  List<String> name() {
    List<String> pieces = new ArrayList<>();
    do {
      pieces.add(piece());
      if (pieces.size() > MOST_PIECES) {
        throw problem("a name is channel:type:location at most");
      }
    } while (at < text.length() && text.charAt(at) == ':' && at++ >= 0);
    return pieces;
  }

  private String piece() {
    if (takes("'")) {
      int end = text.indexOf('\'', at);
      if (end < 0) {
        at--;
        throw problem("the quote that begins here has no end");
      }
      String quoted = text.substring(at, end);
      at = end + 1;
      return quoted;
    }
    skipBlanks();
    int start = at;
    while (at < text.length() && isOfName(at)) {
      at++;
    }
    boolean isWild = at < text.length() && text.charAt(at) == '*' && isBehindColon(start);
    at += isWild ? 1 : 0;
    if (at == start) {
      throw problem("a touch is expected: a name, '.', '!', '[' or '('");
    }
    return text.substring(start, at);
  }

  /** Behind a colon * belongs to the name; elsewhere it says how often. */
  private boolean isBehindColon(int start) {
    return start > 0 && text.charAt(start - 1) == ':';
  }

  private boolean isOfName(int place) {
    char c = text.charAt(place);
    boolean isArrow =
        c == '-'
            && place + 1 < text.length()
            && (text.charAt(place + 1) == '>' || text.charAt(place + 1) == '[');
    return Character.isLetterOrDigit(c) || (c == '-' && !isArrow) || "_/%&=#@~".indexOf(c) >= 0;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
