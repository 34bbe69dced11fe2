package io.itinera.core.trail;

import io.itinera.core.trail.PatternNode.Either;
import io.itinera.core.trail.PatternNode.InTurn;
import io.itinera.core.trail.PatternNode.One;
import io.itinera.core.trail.PatternNode.Repeated;
import io.itinera.core.trail.PatternNode.Within;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a pattern says.
 *
 * @param text as it was written
 * @param whole its outermost part
 * @param isFromStart whether a match must begin with the first touch there is
 * @param isToEnd whether it must end with the last
 */
public record TouchPattern(String text, PatternNode whole, boolean isFromStart, boolean isToEnd)
    implements Serializable {

  /** So many kinds of touches can be told apart. */
  static final int MOST_TESTS = 62;

  /**
   * Reads a pattern such as {@code web:product_view -> .* -> call -> .{0,3} -> store:purchase}.
   *
   * @throws PatternException if it cannot be read; says where
   */
  public static TouchPattern parse(String text) {
    TouchPattern pattern = PatternParser.parse(text);
    if (pattern.tests().size() > MOST_TESTS) {
      throw new PatternException(text, 0, "more than %d kinds of touches".formatted(MOST_TESTS));
    }
    var unused = new TouchMatcher(pattern);
    return pattern;
  }

  /**
   * Reads a length of time as patterns have them, such as {@code 3 days}.
   *
   * @throws PatternException if it cannot be read; says where
   */
  public static Duration time(String text) {
    PatternText written = new PatternText(text);
    Duration time = Duration.of(written.time(), ChronoUnit.MICROS);
    written.requireEnd();
    return time;
  }

  /** Whether pages must be known to tell who matches it. */
  public boolean asksForPage() {
    return tests(whole).anyMatch(TouchTest::asksForPage);
  }

  /** What touches are told apart by; bit i of a touch says whether test i holds of it. */
  List<TouchTest> tests() {
    return tests(whole).distinct().toList();
  }

  private static Stream<TouchTest> tests(PatternNode node) {
    if (node instanceof One one) {
      return Stream.of(one.test());
    }
    if (node instanceof Repeated repeated) {
      return tests(repeated.part());
    }
    if (node instanceof Within within) {
      return tests(within.part());
    }
    List<PatternNode> parts = new ArrayList<>();
    if (node instanceof InTurn inTurn) {
      parts.addAll(inTurn.parts());
    } else if (node instanceof Either either) {
      parts.addAll(either.parts());
    }
    return parts.stream().flatMap(part -> tests(part));
  }

  /** What a touch is to this pattern. */
  long bits(TouchName touch) {
    List<TouchTest> tests = tests();
    long bits = 0;
    for (int test = 0; test < tests.size(); test++) {
      bits |= tests.get(test).holds(touch) ? 1L << test : 0;
    }
    return bits;
  }
}
