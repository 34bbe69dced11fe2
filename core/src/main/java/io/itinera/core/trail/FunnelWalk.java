package io.itinera.core.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How far a customer came in a funnel.
 *
 * <p>Every touch that takes the first step begins an attempt; the attempt that came furthest
 * counts, of several the first to come so far. Of two attempts at one step only the one that began
 * later is followed: it has all the time that the other has, and more. So a step is reached exactly
 * where the pattern {@code first -> .* -> … -> step} within the window has a match.
 *
 * <p>An optional step is one that some attempts take and others do not, whichever came furthest. So
 * that its pattern holds of it as well, it has a walk of its own, in which it must be taken.
 */
final class FunnelWalk {

  private static final int ENDS = FunnelRules.MOST_STEPS;

  private final List<Boolean> required;
  private final long window;
  private final boolean isStrict;
  private final int[] places;

  /** Of each step, what a touch is that ends the attempts which are about to take it. */
  private final long[] ends;

  /** Of each optional step, the walk that must take it; null for others. */
  private final FunnelWalk[] through;

  /** Attempts by the step that they have reached; null for none. */
  private Attempt[] attempts;

  private Attempt best;

  /** Of each step, the attempt that was the first to reach it; null for none. */
  private Attempt[] firsts;

  /** When no attempt was left there for the first time since. */
  private long[] left;

  /**
   * @param required of each step, whether it is not optional
   * @param window longest time from the first step to the last, in microseconds
   * @param isStrict whether each touch must take the next step
   */
  FunnelWalk(List<Boolean> required, long window, boolean isStrict) {
    this(required, window, isStrict, ends(required));
    for (int step = 0; step < through.length; step++) {
      if (!required.get(step)) {
        List<Boolean> with = new ArrayList<>(required);
        with.set(step, true);
        through[step] = new FunnelWalk(with, window, isStrict, ends);
      }
    }
  }

  private FunnelWalk(List<Boolean> required, long window, boolean isStrict, long... ends) {
    this.required = List.copyOf(required);
    this.window = window;
    this.isStrict = isStrict;
    this.ends = ends;
    this.places = IntStream.range(0, required.size()).filter(required::get).toArray();
    this.through = new FunnelWalk[required.size()];
  }

  /** Whoever may take a step, or leave it out for the next, is ended by what ends either. */
  private static long[] ends(List<Boolean> required) {
    long[] ends = new long[required.size()];
    int from = 1;
    long together = 0;
    for (int step = 1; step < ends.length; step++) {
      together |= 1L << (ENDS + step);
      if (required.get(step)) {
        Arrays.fill(ends, from, step + 1, together);
        from = step + 1;
        together = 0;
      }
    }
    return ends;
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
    private final int furthest;
    private final long[] micros;
    private final int[] touches;

    private Attempt(int furthest, long[] micros, int... touches) {
      this.furthest = furthest;
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

    private Attempt taking(int step, long at, int touch) {
      long[] allMicros = micros.clone();
      int[] allTouches = touches.clone();
      allMicros[step] = at;
      allTouches[step] = touch;
      return new Attempt(step, allMicros, allTouches);
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
   * What became of a customer at a step that they took.
   *
   * @param attempt the one that took it
   * @param goesOn whether they took the next that is not optional, too
   * @param ending how the way ended
   */
  record Stay(Attempt attempt, boolean goesOn, Ending ending) {}

  /**
   * Follows a customer's touches in their order.
   *
   * @param bits what each is to the funnel, from {@link FunnelRules#bits}
   * @param micros when each was
   * @return the attempt that counts, null if none was begun
   */
  Attempt follow(long[] bits, long[] micros) {
    attempts = new Attempt[required.size()];
    best = null;
    firsts = new Attempt[required.size()];
    left = new long[required.size()];
    Arrays.fill(left, Long.MAX_VALUE);
    for (int touch = 0; touch < bits.length; touch++) {
      if (isStrict) {
        takeStrictly(bits[touch], micros[touch], touch);
      } else {
        take(bits[touch], micros[touch], touch);
      }
      note(micros[touch]);
    }
    for (FunnelWalk optional : through) {
      if (optional != null) {
        optional.follow(bits, micros);
      }
    }
    return best;
  }

  private void note(long at) {
    for (int step = 0; step < left.length; step++) {
      if (firsts[step] != null && attempts[step] == null && left[step] == Long.MAX_VALUE) {
        left[step] = at;
      }
    }
  }

  private static boolean takes(long bits, int step) {
    return (bits & (1L << step)) != 0;
  }

  private void take(long bits, long at, int touch) {
    for (int level = places.length - 1; level > 0; level--) {
      int from = places[level - 1];
      int step = places[level];
      if (takes(bits, step) && canGoOn(attempts[from], at)) {
        reach(step, attempts[from].taking(step, at, touch));
      }
      if ((bits & ends[step]) != 0) {
        attempts[from] = null;
      }
    }
    begin(bits, at, touch);
  }

  private void takeStrictly(long bits, long at, int touch) {
    Attempt[] before = attempts;
    attempts = new Attempt[before.length];
    for (int step = 1; step < before.length; step++) {
      Attempt attempt = latestBefore(step, before);
      if (takes(bits, step) && canGoOn(attempt, at) && (bits & ends[step]) == 0) {
        reach(step, attempt.taking(step, at, touch));
      }
    }
    begin(bits, at, touch);
  }

  /** Of the attempts that may take a step next, the one that began latest; null for none. */
  private Attempt latestBefore(int step, Attempt... before) {
    Attempt latest = null;
    boolean isNext = true;
    for (int from = step - 1; from >= 0 && isNext; from--) {
      Attempt attempt = before[from];
      if (attempt != null && (latest == null || attempt.start() > latest.start())) {
        latest = attempt;
      }
      isNext = !required.get(from);
    }
    return latest;
  }

  private boolean canGoOn(Attempt attempt, long at) {
    return attempt != null && at - attempt.start() <= window;
  }

  private void begin(long bits, long at, int touch) {
    if (takes(bits, 0)) {
      long[] micros = new long[required.size()];
      int[] touches = new int[required.size()];
      Arrays.fill(touches, -1);
      micros[0] = at;
      touches[0] = touch;
      reach(0, new Attempt(0, micros, touches));
    }
  }

  private void reach(int step, Attempt attempt) {
    Attempt there = attempts[step];
    if (there == null || attempt.start() > there.start()) {
      attempts[step] = attempt;
    }
    if (firsts[step] == null) {
      firsts[step] = attempt;
    }
    if (required.get(step) && (best == null || step > best.furthest)) {
      best = attempt;
    }
  }

  /**
   * What became of the customer at a step, null if they did not take it.
   *
   * @param end first instant of which nothing is known, in microseconds
   */
  Stay at(int step, long end) {
    if (!required.get(step)) {
      return through[step].atOptional(step, end);
    }
    if (best == null || !best.took(step)) {
      return null;
    }
    int next = next(step);
    return new Stay(best, next >= 0 && best.took(next), ending(end));
  }

  /** The same of an optional step, as the walk tells that must take it. */
  private Stay atOptional(int step, long end) {
    Attempt onward = firsts[next(step)];
    if (onward != null) {
      return new Stay(onward, true, Ending.DONE);
    }
    return firsts[step] == null
        ? null
        : new Stay(
            firsts[step], false, canGoOn(firsts[step], step, end) ? Ending.OPEN : Ending.DROPPED);
  }

  /**
   * Whether who has come to a step, and not to the next, may still go on: the time of the attempt
   * that counts is not over, and what ends attempts has left one there. A newer attempt gives no
   * more time: who comes back every week would be open for ever, and never counted among those who
   * did not go on.
   */
  private boolean canGoOn(Attempt counted, int step, long end) {
    return latest(counted) >= end
        && Arrays.stream(attempts).limit(next(step)).skip(step).anyMatch(Objects::nonNull);
  }

  /**
   * How the way that {@link #follow} has found ended.
   *
   * @param end first instant of which nothing is known, in microseconds
   */
  Ending ending(long end) {
    if (next(best.furthest) < 0) {
      return Ending.DONE;
    }
    return canGoOn(best, best.furthest, end) ? Ending.OPEN : Ending.DROPPED;
  }

  /**
   * Whether the time of the attempt that counts is over. Before, those who went on at once would be
   * known, and those who need not.
   */
  boolean isOver(long end) {
    return latest(best) < end;
  }

  /** The attempt that was the first to reach a required step; null if none did. */
  Attempt first(int step) {
    return firsts[step];
  }

  /**
   * When something ended the attempts at a required step, the first time since one had reached it;
   * the end of all time if nothing did.
   */
  long leftMicros(int step) {
    return left[step];
  }

  /** The last instant at which an attempt may take a step. */
  long latest(Attempt attempt) {
    return attempt.start() + window;
  }

  /** The required step that the attempt reached last. */
  int furthest(Attempt attempt) {
    return attempt.furthest;
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
