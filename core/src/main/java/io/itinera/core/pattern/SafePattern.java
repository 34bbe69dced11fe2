package io.itinera.core.pattern;

import java.io.Serializable;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that ends on every text, in time that grows with the text's length and no
 * faster, and without deep recursion.
 *
 * <p>Java's matcher, which knows every kind of pattern and is fast on ordinary texts, does the work
 * as long as the text is short enough for a pattern that {@link RepeatedGroups repeats groups}, and
 * as long as it looks at each character a bounded number of times. Beyond that RE2/J does, which
 * cannot overflow or explode, but reads neither lookaround nor backreferences, possessive
 * repetitions nor the flag {@code x}. Where it cannot read the pattern, nobody knows: {@link
 * TooHardException}.
 */
public final class SafePattern implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Longest text on which Java's matcher may call itself for each character. */
  static final int LONGEST_RECURSION = 1_000;

  private final String regex;
  private transient volatile Engines engines;

  private SafePattern(String regex) {
    this.regex = regex;
    this.engines = Engines.of(regex);
  }

  private record Engines(Pattern java, com.google.re2j.Pattern linear, boolean isRecursive) {

    static Engines of(String regex) {
      return new Engines(
          Pattern.compile(regex), LinearHits.pattern(regex), RepeatedGroups.in(regex));
    }
  }

  /**
   * The pattern that {@code regex} describes in Java's syntax.
   *
   * @throws PatternSyntaxException if it describes none
   */
  public static SafePattern of(String regex) {
    return new SafePattern(regex);
  }

  /** The regular expression. */
  public String regex() {
    return regex;
  }

  /**
   * What {@code work} makes of the places in {@code text}. It may be called twice, from the
   * beginning, and must depend on nothing else.
   *
   * @throws TooHardException if that cannot be found out within bounds
   */
  public <T> T search(String text, Function<Hits, T> work) {
    Engines engine = engines();
    if (text.length() <= LONGEST_RECURSION || !engine.isRecursive()) {
      try {
        return work.apply(new JavaHits(engine.java().matcher(new CountedText(text)), text));
      } catch (CountedText.TooManyLooksException | StackOverflowError e) {
        // The other engine needs neither.
      }
    }
    if (engine.linear() == null) {
      throw new TooHardException();
    }
    return work.apply(new LinearHits(engine.linear().matcher(text)));
  }

  /** Whether the pattern is found in {@code text}. */
  public boolean isIn(String text) {
    return search(text, Hits::find);
  }

  /** Whether the pattern stands for {@code text} as a whole. */
  public boolean isWhole(String text) {
    return search(text, Hits::isWhole);
  }

  /** {@code text} with {@code by} in each place of the pattern; {@code $1} is its first group. */
  public String replaceIn(String text, String by) {
    return search(text, hits -> Replacement.in(text, hits, by));
  }

  private Engines engines() {
    Engines known = engines;
    if (known == null) {
      known = Engines.of(regex);
      engines = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return regex;
  }
}
