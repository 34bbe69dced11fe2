package io.itinera.core.pattern;

import java.util.regex.Matcher;

/** Places that Java's matcher finds. */
final class JavaHits implements Hits {

  private final Matcher matcher;
  private final String text;

  JavaHits(Matcher matcher, String text) {
    this.matcher = matcher;
    this.text = text;
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
    return between(matcher.start(group), matcher.end(group));
  }

  @Override
  public String group(String name) {
    return between(matcher.start(name), matcher.end(name));
  }

  private String between(int start, int end) {
    return start < 0 ? null : text.substring(start, end);
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
