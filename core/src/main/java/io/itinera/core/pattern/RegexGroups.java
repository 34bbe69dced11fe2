package io.itinera.core.pattern;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Named groups of a regular expression. */
public final class RegexGroups {

  private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

  private RegexGroups() {}

  /** Names of the groups of {@code regex}, in their order. */
  public static List<String> of(String regex) {
    return GROUP.matcher(regex).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
