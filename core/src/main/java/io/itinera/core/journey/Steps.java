package io.itinera.core.journey;

import static org.apache.spark.sql.functions.expr;

import io.itinera.core.journey.JourneyRules.Repeats;
import org.apache.spark.sql.Column;

/** What becomes of steps that repeat. */
final class Steps {

  // What stands inside a lambda is computed anew for each element. So whole arrays come in as
  // variables: a transform of an array that holds but one of them.
  private static final String COLLAPSED =
      "transform(array(%s), w -> filter(w, (s, i) -> i = 0 OR s.step <> w[i - 1].step))[0]";
  private static final String FIRSTS =
      "transform(array(%s), w -> transform(array(transform(w, s -> s.step)), names ->"
          + " transform(array_distinct(names), name ->"
          + " element_at(w, cast(array_position(names, name) AS INT))))[0])[0]";
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
      case REMOVE_DIRECT -> expr(COLLAPSED.formatted(WITHOUT_DIRECT.formatted(steps)));
    };
  }
}
