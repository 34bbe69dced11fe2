package io.itinera.core.pattern;

/** Puts something else in the places of a pattern, as {@code Matcher.replaceAll} does. */
public final class Replacement {

  private Replacement() {}

  /**
   * {@code text} with {@code by} in the place of everything that {@code hits} finds in it.
   *
   * @param by the replacement: {@code $1} and {@code ${name}} are groups, and a backslash makes the
   *     next character plain
   * @throws IllegalArgumentException if it names a group that the pattern has not, or breaks off
   */
  public static String in(String text, Hits hits, String by) {
    if (!hits.find()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    do {
      out.append(text, from, hits.start());
      append(out, hits, by);
      from = hits.end();
    } while (hits.find());
    return out.append(text, from, text.length()).toString();
  }

  private static void append(StringBuilder out, Hits hits, String by) {
    int i = 0;
    while (i < by.length()) {
      char c = by.charAt(i++);
      if (c == '\\') {
        out.append(charAt(by, i++));
      } else if (c == '$') {
        i = appendGroup(out, hits, by, i);
      } else {
        out.append(c);
      }
    }
  }

  private static int appendGroup(StringBuilder out, Hits hits, String by, int at) {
    if (charAt(by, at) == '{') {
      int end = by.indexOf('}', at);
      if (end < 0) {
        throw new IllegalArgumentException("A group's name in a replacement lacks its }.");
      }
      append(out, hits.group(by.substring(at + 1, end)));
      return end + 1;
    }
    int group = digit(charAt(by, at));
    if (group < 0) {
      throw new IllegalArgumentException("A $ in a replacement needs a group behind it.");
    }
    int i = at + 1;
    while (i < by.length() && digit(by.charAt(i)) >= 0) {
      int longer = group * 10 + digit(by.charAt(i));
      if (longer > hits.groups()) {
        break;
      }
      group = longer;
      i++;
    }
    append(out, hits.group(group));
    return i;
  }

  private static void append(StringBuilder out, String group) {
    if (group != null) {
      out.append(group);
    }
  }

  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }

  private static char charAt(String by, int i) {
    if (i >= by.length()) {
      throw new IllegalArgumentException("A replacement ends with \\ or $.");
    }
    return by.charAt(i);
  }
}
