package io.itinera.jobs.nights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Breaks texts whose characters stand for bytes, each time in another way, as a seed says. */
final class Mutations {

  private static final String SEPARATORS = ",;\t|\"'{}[]<>:&=\n\r\\ ";
  private static final Pattern VALUE = Pattern.compile("[^,;\t\"{}\\[\\]<>\r\n]+");
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int WAYS = 11;

  private static final List<String> NUMBERS =
      List.of(
          "1e400",
          "-1E+400",
          "4.9e-325",
          "1234567890123456789012345678901234567890",
          "-9223372036854775809",
          "9223372036854775807",
          "2147483648",
          "0.00000000000000000000000000000000000000001",
          "NaN",
          "-Infinity",
          "-0",
          "00",
          "0x1F",
          "1,234,567.89",
          "1.234.567,89",
          "12-34");

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "null",
          "NULL",
          "true",
          "-1",
          "text",
          "[1,\"a\",null]",
          "{\"a\":{\"b\":1}}",
          "2026-02-30",
          "9999-12-31T23:59:60Z",
          "-290308-12-21T19:59:05Z",
          "294247-01-10T04:00:54.775807Z",
          "0000-00-00 00:00:00",
          "10:30",
          "2026-03-29 02:30:00",
          "+49 30 1234567",
          "a@b@c",
          "%",
          "%zz%C3%28",
          "x".repeat(1001),
          "'",
          "\"");

  /** Text in UTF-8, and bytes that are none: half a character, surrogates, other encodings. */
  private static final List<String> ODDITIES =
      List.of(
          utf8("\u202e\u200fabc\u202c"),
          utf8("\ud83d\udc69\u200d\ud83d\ude80"),
          utf8("e\u0301\u0323\u0308"),
          utf8("\u0130\ufb01\u1e9e"),
          utf8("\u0663\uff11\ud835\udfd9"),
          utf8("\u2028\u0085\u3000\ufeff"),
          utf8("\ufffe\uffff"),
          "\u00ed\u00a0\u0080",
          "\u00ed\u00b0\u0080",
          "\u00c3",
          "\u00c0\u0080",
          "\u00f4\u0090\u0080\u0080",
          "\u00ff\u00fe",
          "\u00e4\u00f6\u00fc\u0080",
          "\0",
          "\0\0\0",
          "\u0001\u0008\u001b[0m\u001f\u007f",
          "\u000b\f");

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  /** {@code text} with another value in it, or with more in one: mostly still of its form. */
  String ofValues(String text) {
    return switch (random.nextInt(3)) {
      case 0 -> replaced(text, NUMBER, oneOf(NUMBERS));
      case 1 -> replaced(text, VALUE, oneOf(VALUES));
      default -> inserted(text, oneOf(ODDITIES));
    };
  }

  /** {@code text}, broken in one to three ways. */
  String of(String text) {
    String broken = text;
    for (int i = random.nextInt(3); i >= 0; i--) {
      broken = once(broken);
    }
    return broken;
  }

  private String once(String text) {
    return switch (random.nextInt(WAYS)) {
      case 0 -> flipped(text);
      case 1 -> text.substring(0, place(text));
      case 2 -> inserted(text, oneOf(ODDITIES));
      case 3 -> replaced(text, VALUE, oneOf(VALUES));
      case 4 -> replaced(text, NUMBER, oneOf(NUMBERS));
      case 5 -> atSeparator(text, "");
      case 6 -> atSeparator(text, "$0$0");
      case 7 -> inserted(text, nested());
      case 8 -> inserted(text, random.nextBoolean() ? "\r\n" : "\n");
      case 9 -> text + "\r";
      default -> stutter(text);
    };
  }

  /** Anything that may stand for a value, or not even that. */
  String value() {
    return switch (random.nextInt(4)) {
      case 0 -> oneOf(NUMBERS);
      case 1 -> nested();
      case 2 -> '"' + oneOf(ODDITIES) + '"';
      default -> oneOf(VALUES);
    };
  }

  /** One of {@code choices}. */
  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** True about once in {@code count} times. */
  boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  private String nested() {
    int depth = List.of(3, 40, 600, 1100, 5000).get(random.nextInt(5));
    return random.nextBoolean()
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private String flipped(String text) {
    if (text.isEmpty()) {
      return text;
    }
    StringBuilder flipped = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      flipped.setCharAt(at, (char) (flipped.charAt(at) ^ (1 << random.nextInt(8))));
    }
    return flipped.toString();
  }

  private String inserted(String text, String more) {
    int at = place(text);
    return text.substring(0, at) + more + text.substring(at);
  }

  private String stutter(String text) {
    int from = place(text);
    int to = from + random.nextInt(text.length() - from + 1);
    return text.substring(0, to) + text.substring(from);
  }

  private String atSeparator(String text, String replacement) {
    char separator = SEPARATORS.charAt(random.nextInt(SEPARATORS.length()));
    int at = text.indexOf(separator, place(text));
    return at < 0
        ? text
        : text.substring(0, at)
            + replacement.replace("$0", String.valueOf(separator))
            + text.substring(at + 1);
  }

  private String replaced(String text, Pattern pattern, String replacement) {
    List<MatchResult> found = pattern.matcher(text).results().toList();
    if (found.isEmpty()) {
      return text;
    }
    MatchResult one = oneOf(found);
    return text.substring(0, one.start()) + replacement + text.substring(one.end());
  }

  private int place(String text) {
    return random.nextInt(text.length() + 1);
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
