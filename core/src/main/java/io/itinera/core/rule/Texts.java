package io.itinera.core.rule;

import java.util.Comparator;

/** Texts of records, as all of their values are read. */
public final class Texts {

  /** What {@code trim} takes away: spaces of several kinds, line ends and byte order marks. */
  public static final String BLANKS = " \t\r\n\u00a0\u2007\u202f\u3000\ufeff";

  /** As Spark sorts texts: by their characters, not by the halves that Java stores some in. */
  public static final Comparator<String> ORDER = Texts::compare;

  private Texts() {}

  /** {@code text} without blanks around it; null if nothing is left. */
  public static String trimmed(String text) {
    if (text == null) {
      return null;
    }
    String dense = stripped(text);
    return dense.isEmpty() ? null : dense;
  }

  /** {@code text} without blanks around it. */
  public static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return start == 0 && end == text.length() ? text : text.substring(start, end);
  }

  /** Number of characters. */
  public static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isBlank(char sign) {
    return sign <= ' '
        ? sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n'
        : sign >= '\u00a0' && BLANKS.indexOf(sign) >= 0;
  }

  private static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean areHalves = Character.isSurrogate(a) || Character.isSurrogate(b);
        return areHalves ? Integer.compare(codePoint(left, i), codePoint(right, i)) : a - b;
      }
    }
    return left.length() - right.length();
  }

  /** The character of which a half is at {@code place}. */
  private static int codePoint(String text, int place) {
    boolean isSecondHalf =
        place > 0
            && Character.isLowSurrogate(text.charAt(place))
            && Character.isHighSurrogate(text.charAt(place - 1));
    return text.codePointAt(isSecondHalf ? place - 1 : place);
  }
}
