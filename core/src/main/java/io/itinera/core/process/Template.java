package io.itinera.core.process;

import java.util.List;
import java.util.Locale;

/**
 * A kind of constraint that journeys may keep to: the simplest of Declare (Pesic, Schonenberg and
 * van der Aalst, 2007), each told per journey.
 */
enum Template {
  /** Every journey begins with the step. */
  INIT,
  /** Every journey has it. */
  EXISTENCE,
  /** No journey has it. */
  ABSENCE,
  /** Every journey has it once. */
  EXACTLY_ONCE,
  /** Of journeys with it, none has it twice. */
  AT_MOST_ONCE,
  /** Of journeys with the first step: after each of its times the second comes. */
  RESPONSE,
  /** Of journeys with the second step: before each of its times the first has come. */
  PRECEDENCE,
  /** Of journeys with any of the two: both of these. */
  SUCCESSION,
  /** Of journeys with the first step: the second does not come after it any more. */
  NOT_SUCCESSION;

  static final List<Template> OF_ONE =
      List.of(INIT, EXISTENCE, ABSENCE, EXACTLY_ONCE, AT_MOST_ONCE);
  static final List<Template> OF_TWO = List.of(RESPONSE, PRECEDENCE, SUCCESSION, NOT_SUCCESSION);

  /**
   * Journeys that a constraint says something about, and those of them that keep to it.
   *
   * @param journeys how many
   * @param held at most as many
   */
  record Kept(long journeys, long held) {

    Kept plus(Kept other) {
      return new Kept(journeys + other.journeys, held + other.held);
    }

    long violations() {
      return journeys - held;
    }

    double confidence() {
      return (double) held / journeys;
    }
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of {@code all} journeys of an age. */
  Kept of(long all, StepTally step, Age age) {
    long have = step.counted(age, StepTally.HAVE);
    long once = step.counted(age, StepTally.ONCE);
    return switch (this) {
      case INIT -> new Kept(all, step.counted(age, StepTally.BEGIN));
      case EXISTENCE -> new Kept(all, have);
      case ABSENCE -> new Kept(all, all - have);
      case EXACTLY_ONCE -> new Kept(all, once);
      case AT_MOST_ONCE -> new Kept(have, once);
      default -> throw new IllegalStateException(this + " is of two steps");
    };
  }

  /**
   * Of the journeys of an age.
   *
   * @param first how many have the first step
   * @param second how many have the second
   * @param pair of the two, in this order
   */
  Kept of(long first, long second, PairTally pair, Age age) {
    long together = pair.count(age, PairTally.TOGETHER);
    return switch (this) {
      case RESPONSE -> new Kept(first, pair.count(age, PairTally.RESPONSE));
      case PRECEDENCE -> new Kept(second, pair.count(age, PairTally.PRECEDENCE));
      case SUCCESSION -> new Kept(first + second - together, pair.count(age, PairTally.SUCCESSION));
      case NOT_SUCCESSION -> new Kept(first, first - pair.count(age, PairTally.FOLLOWS));
      default -> throw new IllegalStateException(this + " is of one step");
    };
  }
}
