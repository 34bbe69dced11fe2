package io.itinera.core.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.translate.EntityArrays;

/** What a person reads in a piece of HTML. */
public final class HtmlText {

  /** HTML 4.01, section 24, and the apostrophe of XML. */
  private static final Map<String, String> NAMED = named();

  private static final int LONGEST_NAME = 10;

  /** What a number that stands for no character stands for: HTML, section 13.2.5.80. */
  private static final int REPLACEMENT = 0xfffd;

  private static final String WINDOWS =
      "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
          + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

  private HtmlText() {}

  private static Map<String, String> named() {
    Map<String, String> named = new HashMap<>();
    List.of(
            EntityArrays.BASIC_UNESCAPE,
            EntityArrays.APOS_UNESCAPE,
            EntityArrays.ISO8859_1_UNESCAPE,
            EntityArrays.HTML40_EXTENDED_UNESCAPE)
        .forEach(
            table ->
                table.forEach(
                    (reference, character) ->
                        named.put(
                            reference.toString().replaceAll("[&;]", ""), character.toString())));
    return named;
  }

  /** The text with characters in place of references to them; what is none stays as it is. */
  public static String unescaped(String text) {
    int next = text.indexOf('&');
    if (next < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    int done = 0;
    while (next >= 0) {
      int end = endOfReference(text, next + 1);
      String character = end < 0 ? null : character(text.substring(next + 1, end));
      if (character != null) {
        plain.append(text, done, next).append(character);
        done = end + 1;
      }
      next = text.indexOf('&', character == null ? next + 1 : done);
    }
    return plain.append(text, done, text.length()).toString();
  }

  /**
   * The text without tags, comments, scripts and styles, its references resolved, a run of blanks
   * as one; null where nothing is left.
   */
  public static String read(String html) {
    String text = unescaped(new HtmlTags(html).removed());
    StringBuilder read = new StringBuilder(text.length());
    boolean isAfterBlank = true;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean isBlank = c == '\u00a0' || Character.isWhitespace(c);
      if (!isBlank || !isAfterBlank) {
        read.append(isBlank ? ' ' : c);
      }
      isAfterBlank = isBlank;
    }
    String stripped = read.toString().stripTrailing();
    return stripped.isEmpty() ? null : stripped;
  }

  /** Where a reference's semicolon stands; -1 where there is none. */
  private static int endOfReference(String text, int start) {
    for (int at = start; at < text.length() && at <= start + LONGEST_NAME; at++) {
      char c = text.charAt(at);
      if (c == ';') {
        return at;
      }
      if (c != '#' && !Character.isLetterOrDigit(c)) {
        return -1;
      }
    }
    return -1;
  }

  private static String character(String reference) {
    if (!reference.startsWith("#")) {
      return NAMED.get(reference);
    }
    boolean isHex = reference.startsWith("x", 1) || reference.startsWith("X", 1);
    try {
      int number = Integer.parseInt(reference.substring(isHex ? 2 : 1), isHex ? 16 : 10);
      boolean isNone =
          number <= 0 || number > Character.MAX_CODE_POINT || (number >= 0xd800 && number < 0xe000);
      if (number >= 0x80 && number < 0xa0) {
        return WINDOWS.substring(number - 0x80, number - 0x80 + 1);
      }
      return Character.toString(isNone ? REPLACEMENT : number);
    } catch (NumberFormatException e) {
      // Not a number, or a larger one than there are characters.
      return null;
    }
  }
}
