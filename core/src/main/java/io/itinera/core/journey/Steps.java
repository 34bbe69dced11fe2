package io.itinera.core.journey;

import static org.apache.spark.sql.functions.expr;

import io.itinera.core.journey.JourneyRules.Repeats;
import org.apache.spark.sql.Column;

/** What becomes of steps that repeat. */
final class Steps {

  private static final String COLLAPSED =
      "filter(%1$s, (s, i) -> i = 0 OR s.step <> %1$s[i - 1].step)";
  private static final String FIRSTS =
      "filter(%1$s, (s, i) -> array_position(transform(%1$s, t -> t.step), s.step) = i + 1)";
  private static final String WITHOUT_DIRECT =
      "if(exists(%1$s, s -> s.step <> 'direct'), filter(%1$s, s -> s.step <> 'direct'), %1$s)";

  private Steps() {}

  /**
   * The steps of column {@code steps} (array of step and at) after the rule for repeats. Applied to
   * its own result with further steps behind, it gives what it would have given at once.
   */
  static Column apply(String steps, Repeats repeats) {
    return switch (repeats) {
      case EXPOSURE -> expr(COLLAPSED.formatted(steps));
      case UNIQUE -> expr(steps);
      case FIRST -> expr(FIRSTS.formatted(steps));
      case REMOVE_DIRECT -> expr(COLLAPSED.formatted("(" + WITHOUT_DIRECT.formatted(steps) + ")"));
    };
  }
}
