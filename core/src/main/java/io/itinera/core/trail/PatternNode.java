package io.itinera.core.trail;

import java.io.Serializable;
import java.util.List;

/** A part of a pattern, as it was written. */
sealed interface PatternNode extends Serializable {

  /** So often at most, where nothing says how often. */
  int EVER = Integer.MAX_VALUE;

  /** One touch. */
  record One(TouchTest test) implements PatternNode {}

  /**
   * Some parts one after the other.
   *
   * @param arrows what the time from one to the next must be: arrow i leads to part i + 1
   */
  record InTurn(List<PatternNode> parts, List<Arrow> arrows) implements PatternNode {
    public InTurn {
      parts = List.copyOf(parts);
      arrows = List.copyOf(arrows);
    }
  }

  /** One of several. */
  record Either(List<PatternNode> parts) implements PatternNode {
    public Either {
      parts = List.copyOf(parts);
    }
  }

  /** The same part so many times in turn. */
  record Repeated(PatternNode part, int least, int most) implements PatternNode {}

  /** What must not take longer from its first touch to its last; exactly that is allowed. */
  record Within(PatternNode part, long micros) implements PatternNode {}

  /**
   * The time between a touch and the one right before it.
   *
   * @param least in microseconds
   * @param most in microseconds
   */
  record Arrow(long least, long most) implements Serializable {
    static final Arrow FREE = new Arrow(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean allows(long micros) {
      return micros >= least && micros <= most;
    }
  }
}
