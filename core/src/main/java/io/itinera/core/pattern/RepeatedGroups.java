package io.itinera.core.pattern;

import java.util.regex.Pattern;

/**
 * Tells patterns for which Java's matcher calls itself once for every few characters of the text:
 * those that repeat a group, such as {@code (a|b)*}, and some that repeat what may be one or two
 * {@code char}s wide. What is repeated possessively, as in {@code (?:a|b)*+}, is taken in a loop.
 *
 * <p>It reads no more of a pattern than that needs, and errs on the safe side.
 */
final class RepeatedGroups {

  private static final Pattern EXTENDED = Pattern.compile("\\(\\?[a-zA-Z]*x");

  /** Escapes for characters of any width. */
  private static final String WIDE = "DSWPNHV";

  /** Escapes for several characters. */
  private static final String SEVERAL = "RX";

  private static final int FEW = 100;

  private final String regex;
  private final boolean isExtended;
  private int at;

  private RepeatedGroups(String regex) {
    this.regex = regex;
    this.isExtended = EXTENDED.matcher(regex).find();
  }

  static boolean in(String regex) {
    RepeatedGroups scan = new RepeatedGroups(regex);
    while (scan.at < regex.length()) {
      if (scan.step()) {
        return true;
      }
    }
    return false;
  }

  /** Takes the next piece; true where its repetition is one of those. */
  private boolean step() {
    char c = regex.charAt(at++);
    return switch (c) {
      case '\\' -> escape();
      case '[' -> charClass();
      case ')' -> isRepeated(true);
      case '.' -> isRepeated(false);
      case '#' -> {
        skipComment();
        yield false;
      }
      default -> false;
    };
  }

  private boolean escape() {
    if (at >= regex.length()) {
      return false;
    }
    char c = regex.charAt(at++);
    if (c == 'Q') {
      int end = regex.indexOf("\\E", at);
      at = end < 0 ? regex.length() : end + 2;
      return false;
    }
    if ((c == 'p' || c == 'P') && at < regex.length() && regex.charAt(at) == '{') {
      int end = regex.indexOf('}', at);
      at = end < 0 ? regex.length() : end + 1;
    }
    return SEVERAL.indexOf(c) >= 0 ? isRepeated(true) : (WIDE.indexOf(c) >= 0 && isRepeated(false));
  }

  private boolean charClass() {
    boolean isNegated = at < regex.length() && regex.charAt(at) == '^';
    int depth = 1;
    while (at < regex.length() && depth > 0) {
      char c = regex.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      }
    }
    return isNegated && isRepeated(false);
  }

  private void skipComment() {
    if (isExtended) {
      int end = regex.indexOf('\n', at);
      at = end < 0 ? regex.length() : end + 1;
    }
  }

  /** Whether a repetition without end follows that may be taken back. */
  private boolean isRepeated(boolean isGroup) {
    int i = at;
    while (isExtended && i < regex.length() && Character.isWhitespace(regex.charAt(i))) {
      i++;
    }
    if (i >= regex.length()) {
      return false;
    }
    char c = regex.charAt(i);
    if (c == '{') {
      int end = regex.indexOf('}', i);
      return end > 0 && most(regex.substring(i + 1, end)) > FEW && !isPossessive(end + 1);
    }
    return isGroup && (c == '*' || c == '+') && !isPossessive(i + 1);
  }

  private boolean isPossessive(int i) {
    return i < regex.length() && regex.charAt(i) == '+';
  }

  private static int most(String bounds) {
    String most = bounds.substring(bounds.indexOf(',') + 1).strip();
    try {
      return most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
