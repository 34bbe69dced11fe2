package io.itinera.core.function;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tags of a piece of HTML, however broken it is: from {@code <} and a letter, {@code /} or
 * {@code !} to the next {@code >}.
 */
final class HtmlTags {

  /** Elements whose content nobody reads. */
  private static final List<String> UNREAD = List.of("style", "script", "head");

  private final String html;

  /** Elements that do not end any more, so that nobody looks for that again. */
  private final Set<String> endless = new HashSet<>();

  HtmlTags(String html) {
    this.html = html;
  }

  /** The text with a blank in place of each tag, comment and element that nobody reads. */
  String removed() {
    // Behind it no tag ends.
    int last = html.lastIndexOf('>');
    StringBuilder text = new StringBuilder(html.length());
    int done = 0;
    int next = html.indexOf('<');
    while (next >= 0 && next < last) {
      if (isTag(next + 1)) {
        text.append(html, done, next).append(' ');
        done = end(next);
        next = html.indexOf('<', done);
      } else {
        next = html.indexOf('<', next + 1);
      }
    }
    return text.append(html, done, html.length()).toString();
  }

  private boolean isTag(int at) {
    char c = html.charAt(at);
    return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private int end(int start) {
    if (html.startsWith("<!--", start)) {
      int end = html.indexOf("-->", start + 4);
      return end < 0 ? html.length() : end + 3;
    }
    int end = html.indexOf('>', start) + 1;
    return UNREAD.stream()
        .filter(element -> isNamed(start + 1, element) && !endless.contains(element))
        .findFirst()
        .map(element -> endOf(element, end))
        .orElse(end);
  }

  /** Where the element that begins before {@code start} ends; there, if it never does. */
  private int endOf(String element, int start) {
    int at = html.indexOf("</", start);
    while (at >= 0 && !isNamed(at + 2, element)) {
      at = html.indexOf("</", at + 2);
    }
    int end = at < 0 ? -1 : html.indexOf('>', at);
    if (end < 0) {
      endless.add(element);
      return start;
    }
    return end + 1;
  }

  private boolean isNamed(int at, String element) {
    int end = at + element.length();
    return html.regionMatches(true, at, element, 0, element.length())
        && end < html.length()
        && !Character.isLetterOrDigit(html.charAt(end));
  }
}
