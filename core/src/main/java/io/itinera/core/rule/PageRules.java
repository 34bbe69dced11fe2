package io.itinera.core.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What pages are called: the same in paths and in funnels.
 *
 * @param name expression over columns of touchpoints that cleans addresses; null where there is no
 *     page
 * @param groups pages that are called alike; the first to which a page belongs counts
 */
public record PageRules(String name, List<Group> groups) {

  /** What expressions call a touchpoint's page. */
  public static final String PAGE = "page";

  private static final String QUOTES = "'\"`";

  /**
   * Pages that are called alike.
   *
   * @param name what they are called
   * @param patterns of their names, in which {@code *} is anything
   */
  public record Group(String name, List<String> patterns) {

    public Group {
      patterns = List.copyOf(patterns);
      if (patterns.isEmpty()) {
        throw new IllegalArgumentException("any must name a page");
      }
    }
  }

  public PageRules {
    groups = List.copyOf(groups);
  }

  /** What a touchpoint's page is called, in Spark SQL over columns of touchpoints. */
  public String sql() {
    if (groups.isEmpty()) {
      return "(%s)".formatted(name);
    }
    String branches =
        groups.stream()
            .map(group -> " WHEN %s THEN %s".formatted(isIn(group), literal(group.name())))
            .collect(Collectors.joining());
    return "(CASE%s ELSE (%s) END)".formatted(branches, name);
  }

  private String isIn(Group group) {
    return group.patterns().stream()
        .map(pattern -> "(%s) LIKE %s".formatted(name, literal(like(pattern))))
        .collect(Collectors.joining(" OR "));
  }

  private static String like(String pattern) {
    return pattern.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("*", "%");
  }

  private static String literal(String text) {
    return "'%s'".formatted(text.replace("\\", "\\\\").replace("'", "\\'"));
  }

  /** {@code expression}, with what it means in place of each {@link #PAGE} that is a column. */
  public String in(String expression) {
    StringBuilder told = new StringBuilder();
    for (String part : parts(expression)) {
      String word = part.toLowerCase(Locale.ROOT);
      told.append(word.equals(PAGE) || word.equals("`page`") ? sql() : part);
    }
    return told.toString();
  }

  /** Quoted texts, words with the dots between them, and single characters of all else. */
  private static List<String> parts(String expression) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < expression.length()) {
      int end = at + 1;
      char first = expression.charAt(at);
      if (QUOTES.indexOf(first) >= 0) {
        while (end < expression.length() && expression.charAt(end) != first) {
          end += expression.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(expression.length(), end + 1);
      } else if (isOfWord(first)) {
        while (end < expression.length() && isOfWord(expression.charAt(end))) {
          end++;
        }
      }
      parts.add(expression.substring(at, end));
      at = end;
    }
    return parts;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }
}
