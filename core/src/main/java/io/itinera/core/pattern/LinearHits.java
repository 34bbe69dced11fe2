package io.itinera.core.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** Places that RE2/J finds, in time that grows with the length of the text and no faster. */
final class LinearHits implements Hits {

  /** What it would read, but as something else: sets of sets, and a flag of another meaning. */
  private static final java.util.regex.Pattern AMBIGUOUS =
      java.util.regex.Pattern.compile("&&|\\[[^\\]]*+\\[|\\(\\?[a-z]*U|\\\\v");

  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("\\(\\?<(?![=!])");

  private final Matcher matcher;

  LinearHits(Matcher matcher) {
    this.matcher = matcher;
  }

  /** The pattern in RE2/J's syntax, null if it cannot be said there. */
  static Pattern pattern(String regex) {
    if (AMBIGUOUS.matcher(regex).find()) {
      return null;
    }
    try {
      return Pattern.compile(NAME.matcher(regex).replaceAll("(?P<"));
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  @Override
  public boolean find() {
    return matcher.find();
  }

  @Override
  public boolean isWhole() {
    return matcher.matches();
  }

  @Override
  public int groups() {
    return matcher.groupCount();
  }

  @Override
  public String group(int group) {
    return matcher.group(group);
  }

  @Override
  public String group(String name) {
    return matcher.group(name);
  }

  @Override
  public int start() {
    return matcher.start();
  }

  @Override
  public int end() {
    return matcher.end();
  }
}
