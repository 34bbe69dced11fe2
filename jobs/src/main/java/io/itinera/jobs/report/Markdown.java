package io.itinera.jobs.report;

import java.util.regex.Pattern;

/**
 * Texts as Markdown that shows them as they are: nothing in them is a link, a picture or markup.
 */
final class Markdown {

  /** What begins or ends something within a line (CommonMark 0.31, GitHub's and chats' marks). */
  private static final Pattern MARK = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~&!$]");

  /** What would become a list, a heading or a rule where a line begins. */
  private static final Pattern BEGIN =
      Pattern.compile("^\\s*\\d{0,9}(?=[-+=]|(?<=\\d)[.)](\\s|$))");

  /** What GitHub makes a link of by itself. */
  private static final Pattern LINK = Pattern.compile("(?i)(:)(?=//)|(?<=\\bwww)(\\.)");

  private static final Pattern RIGHT_TO_LEFT =
      Pattern.compile("[\\p{IsArabic}\\p{IsHebrew}\\p{IsSyriac}\\p{IsThaana}]");

  /** Needed beside what is read the other way alone, and shown as boxes by some programs. */
  private static final Pattern ISOLATE = Pattern.compile("[\\u2068\\u2069]");

  private Markdown() {}

  /** The same text, escaped; a line that calls nobody. */
  static String text(String text) {
    String line = text.replaceAll("\\R", " ");
    String marks = MARK.matcher(line).replaceAll("\\\\$0");
    String links = LINK.matcher(marks).replaceAll("\\\\$0");
    // Chats call whoever is named behind an @, but not behind a joiner that nobody sees.
    String quiet = BEGIN.matcher(links).replaceFirst("$0\\\\").replace("@", "@\u2060");
    return RIGHT_TO_LEFT.matcher(quiet).find() ? quiet : ISOLATE.matcher(quiet).replaceAll("");
  }
}
