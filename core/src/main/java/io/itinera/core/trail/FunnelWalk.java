package io.itinera.core.trail;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far a customer came in a funnel.
 *
 * <p>Every touch that takes the first step begins an attempt; the attempt that came furthest
 * counts, of several the first to come so far. Of two attempts at one step only the one that began
 * later is followed: it has all the time that the other has, and more. So a step is reached exactly
 * where the pattern {@code first -> .* -> … -> step} within the window has a match.
 */
final class FunnelWalk {

  private static final int ENDS = FunnelRules.MOST_STEPS;

  private final List<Boolean> required;
  private final long window;
  private final boolean isStrict;
  private final int[] places;

  /** Attempts by the required step that they have reached; null for none. */
  private Attempt[] attempts;

  private Attempt best;

  /** Of each required step, the attempt that was the first to reach it; null for none. */
  private Attempt[] firsts;

  /** When no attempt was left there for the first time since. */
  private long[] left;

  /**
   * @param required of each step, whether it is not optional
   * @param window longest time from the first step to the last, in microseconds
   * @param isStrict whether each touch must take the next step
   */
  FunnelWalk(List<Boolean> required, long window, boolean isStrict) {
    this.required = List.copyOf(required);
    this.window = window;
    this.isStrict = isStrict;
    this.places = IntStream.range(0, required.size()).filter(required::get).toArray();
  }

  /** A walk through {@code funnel}. */
  static FunnelWalk through(FunnelRules funnel) {
    return new FunnelWalk(
        funnel.required(),
        funnel.window().toNanos() / 1_000,
        funnel.order() == FunnelRules.Order.STRICT);
  }

  /** An attempt, and when and at which touch it took each step. */
  static final class Attempt {
    private final int level;
    private final long[] micros;
    private final int[] touches;

    private Attempt(int level, long[] micros, int... touches) {
      this.level = level;
      this.micros = micros;
      this.touches = touches;
    }

    /** Whether it took the step at a place. */
    boolean took(int step) {
      return touches[step] >= 0;
    }

    /** When it took the step. */
    long micros(int step) {
      return micros[step];
    }

    /** Which touch took the step. */
    int touch(int step) {
      return touches[step];
    }

    private long start() {
      return micros[0];
    }

    private Attempt taking(int step, int level, long at, int touch) {
      long[] allMicros = micros.clone();
      int[] allTouches = touches.clone();
      allMicros[step] = at;
      allTouches[step] = touch;
      return new Attempt(level, allMicros, allTouches);
    }
  }

  /** How a customer's way through the funnel ended. */
  enum Ending {
    /** With the last step. */
    DONE,
    /** It can still go on. */
    OPEN,
    /** Its time is over, or something ended it. */
    DROPPED
  }

  /**
   * Follows a customer's touches in their order.
   *
   * @param bits what each is to the funnel, from {@link FunnelRules#bits}
   * @param micros when each was
   * @return the attempt that counts, null if none was begun
   */
  Attempt follow(long[] bits, long[] micros) {
    attempts = new Attempt[places.length];
    best = null;
    firsts = new Attempt[places.length];
    left = new long[places.length];
    Arrays.fill(left, Long.MAX_VALUE);
    for (int touch = 0; touch < bits.length; touch++) {
      if (isStrict) {
        takeStrictly(bits[touch], micros[touch], touch);
      } else {
        take(bits[touch], micros[touch], touch);
      }
      note(micros[touch]);
    }
    return best;
  }

  private void note(long at) {
    for (int level = 0; level < places.length; level++) {
      if (firsts[level] == null) {
        firsts[level] = attempts[level];
      } else if (attempts[level] == null && left[level] == Long.MAX_VALUE) {
        left[level] = at;
      }
    }
  }

  private void take(long bits, long at, int touch) {
    for (int level = places.length - 1; level >= 0; level--) {
      boolean isTaken = (bits & (1L << places[level])) != 0;
      if (isTaken && level == 0) {
        reach(0, begun(at, touch));
      } else if (isTaken && canGoOn(attempts[level - 1], at)) {
        reach(level, attempts[level - 1].taking(places[level], level, at, touch));
      } else if (level > 0 && isEnded(level, bits)) {
        attempts[level - 1] = null;
      }
    }
    takeOptional(bits, at, touch);
  }

  private boolean isEnded(int level, long bits) {
    for (int step = places[level - 1] + 1; step <= places[level]; step++) {
      if ((bits & (1L << (ENDS + step))) != 0) {
        return true;
      }
    }
    return false;
  }

  private void takeOptional(long bits, long at, int touch) {
    for (int step = 0; step < required.size(); step++) {
      if (!required.get(step) && (bits & (1L << step)) != 0) {
        int level = level(step);
        Attempt attempt = attempts[level];
        boolean isNew =
            attempt != null && !attempt.took(step) && attempt.touch(places[level]) < touch;
        if (isNew && canGoOn(attempt, at)) {
          Attempt with = attempt.taking(step, level, at, touch);
          best = best == attempt ? with : best;
          attempts[level] = with;
        }
      }
    }
  }

  /** Of the last required step before an optional one. */
  private int level(int step) {
    int level = 0;
    while (level + 1 < places.length && places[level + 1] < step) {
      level++;
    }
    return level;
  }

  private void takeStrictly(long bits, long at, int touch) {
    Attempt[] before = attempts;
    attempts = new Attempt[places.length];
    for (int level = places.length - 1; level >= 0; level--) {
      boolean isTaken = (bits & (1L << places[level])) != 0;
      if (isTaken && level == 0) {
        reach(0, begun(at, touch));
      } else if (isTaken && canGoOn(before[level - 1], at) && !isEnded(level, bits)) {
        reach(level, before[level - 1].taking(places[level], level, at, touch));
      }
    }
    for (int level = 0; level < places.length - 1; level++) {
      for (int step = places[level] + 1; step < places[level + 1]; step++) {
        boolean isTaken = (bits & (1L << step)) != 0;
        if (isTaken && attempts[level] == null && canGoOn(before[level], at)) {
          Attempt with = before[level].taking(step, level, at, touch);
          best = best == before[level] ? with : best;
          attempts[level] = with;
        }
      }
    }
  }

  private boolean canGoOn(Attempt attempt, long at) {
    return attempt != null && at - attempt.start() <= window;
  }

  private Attempt begun(long at, int touch) {
    long[] micros = new long[required.size()];
    int[] touches = new int[required.size()];
    Arrays.fill(touches, -1);
    micros[0] = at;
    touches[0] = touch;
    return new Attempt(0, micros, touches);
  }

  private void reach(int level, Attempt attempt) {
    Attempt there = attempts[level];
    if (there == null || attempt.start() > there.start()) {
      attempts[level] = attempt;
    }
    if (best == null || level > best.level) {
      best = attempt;
    }
  }

  /**
   * How the way that {@link #follow} has found ended.
   *
   * @param end first instant of which nothing is known, in microseconds
   */
  Ending ending(long end) {
    if (best.level == places.length - 1) {
      return Ending.DONE;
    }
    boolean isOpen =
        Arrays.stream(attempts)
            .limit(places.length - 1L)
            .anyMatch(attempt -> attempt != null && attempt.start() + window >= end);
    return isOpen ? Ending.OPEN : Ending.DROPPED;
  }

  /** The attempt that was the first to reach a required step; null if none did. */
  Attempt first(int step) {
    return firsts[Arrays.binarySearch(places, step)];
  }

  /**
   * When something ended the attempts at a required step, the first time since one had reached it;
   * the end of all time if nothing did.
   */
  long leftMicros(int step) {
    return left[Arrays.binarySearch(places, step)];
  }

  /** The last instant at which an attempt may take a step. */
  long latest(Attempt attempt) {
    return attempt.start() + window;
  }

  /** The required step that the attempt reached last. */
  int furthest(Attempt attempt) {
    return places[attempt.level];
  }

  /** The required step behind {@code step}, −1 behind the last. */
  int next(int step) {
    for (int place : places) {
      if (place > step) {
        return place;
      }
    }
    return -1;
  }

  /** The required step before {@code step}, −1 before the first. */
  int previous(int step) {
    int previous = -1;
    for (int place : places) {
      previous = place < step ? place : previous;
    }
    return previous;
  }
}
