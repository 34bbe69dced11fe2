package io.itinera.core.trail;

import io.itinera.core.trail.PatternNode.Arrow;
import io.itinera.core.trail.PatternNode.Either;
import io.itinera.core.trail.PatternNode.InTurn;
import io.itinera.core.trail.PatternNode.One;
import io.itinera.core.trail.PatternNode.Repeated;
import io.itinera.core.trail.PatternNode.Within;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a pattern among touches, by an automaton that looks at each touch once (Thompson's
 * construction, all its states side by side).
 *
 * <p>The match that ends first counts; of those that end there, the one that begins last, so that a
 * match is as short as can be. The next one begins behind it. An empty match is none.
 *
 * <p>Where the pattern bounds times, a state remembers when its bounds began to run. A later
 * beginning is never worse, so of two states that are alike only the later one is kept.
 */
public final class TouchMatcher {

  private static final int MOST_STATES = 5_000;

  private enum Kind {
    TAKE,
    FORK,
    BEGIN,
    CHECK,
    ARROW,
    DONE
  }

  /** A state: what it does, with which number or bound, and where it leads. */
  private static final class State {
    private final Kind kind;
    private int number;
    private long bound;
    private Arrow arrow;
    private int next = -1;
    private int other = -1;

    private State(Kind kind) {
      this.kind = kind;
    }
  }

  private final TouchPattern pattern;
  private final List<TouchTest> tests;
  private final List<State> states = new ArrayList<>();
  private final int start;
  private int clocks = 1;

  public TouchMatcher(TouchPattern pattern) {
    this.pattern = pattern;
    this.tests = pattern.tests();
    int done = add(new State(Kind.DONE));
    this.start = build(pattern.whole(), done);
  }

  /**
   * A place where the pattern is found.
   *
   * @param from the first touch of it
   * @param to the touch behind its last
   */
  public record Match(int from, int to) {}

  private int add(State state) {
    if (states.size() >= MOST_STATES) {
      throw new PatternException(
          pattern.text(), 0, "the pattern repeats too much of itself too often");
    }
    states.add(state);
    return states.size() - 1;
  }

  private int add(Kind kind, int next) {
    State state = new State(kind);
    state.next = next;
    return add(state);
  }

  /** The state from which {@code node} is found and then {@code next} goes on. */
  private int build(PatternNode node, int next) {
    if (node instanceof One one) {
      int take = add(Kind.TAKE, next);
      states.get(take).number = tests.indexOf(one.test());
      return take;
    }
    if (node instanceof InTurn inTurn) {
      return inTurn(inTurn, next);
    }
    if (node instanceof Either either) {
      int fork = build(either.parts().get(either.parts().size() - 1), next);
      for (int i = either.parts().size() - 2; i >= 0; i--) {
        fork = fork(build(either.parts().get(i), next), fork);
      }
      return fork;
    }
    if (node instanceof Within within) {
      int clock = clocks++;
      int check = add(Kind.CHECK, next);
      states.get(check).number = clock;
      states.get(check).bound = within.micros();
      int begin = add(Kind.BEGIN, build(within.part(), check));
      states.get(begin).number = clock;
      return begin;
    }
    return repeated((Repeated) node, next);
  }

  private int inTurn(InTurn node, int next) {
    int entry = next;
    for (int i = node.parts().size() - 1; i >= 0; i--) {
      entry = build(node.parts().get(i), entry);
      if (i > 0 && !node.arrows().get(i - 1).equals(Arrow.FREE)) {
        entry = add(Kind.ARROW, entry);
        states.get(entry).arrow = node.arrows().get(i - 1);
      }
    }
    return entry;
  }

  private int repeated(Repeated node, int next) {
    int entry = next;
    if (node.most() == PatternNode.EVER) {
      int loop = add(Kind.FORK, next);
      states.get(loop).other = build(node.part(), loop);
      entry = loop;
    } else {
      for (int i = node.least(); i < node.most(); i++) {
        entry = fork(build(node.part(), entry), next);
      }
    }
    for (int i = 0; i < node.least(); i++) {
      entry = build(node.part(), entry);
    }
    return entry;
  }

  private int fork(int one, int other) {
    int fork = add(Kind.FORK, one);
    states.get(fork).other = other;
    return fork;
  }

  /** What a touch is to the pattern: to be handed to {@link #matches}. */
  public long bits(TouchName touch) {
    long bits = 0;
    for (int test = 0; test < tests.size(); test++) {
      bits |= tests.get(test).holds(touch) ? 1L << test : 0;
    }
    return bits;
  }

  /**
   * The matches among touches in their order.
   *
   * @param touches what each is to the pattern, from {@link #bits}
   * @param micros when each was
   */
  public List<Match> matches(long[] touches, long[] micros) {
    List<Match> matches = new ArrayList<>();
    Run run = new Run(touches, micros);
    int from = 0;
    Match match = run.first(from);
    while (match != null) {
      matches.add(match);
      from = match.to();
      match = pattern.isFromStart() ? null : run.first(from);
    }
    return matches;
  }

  /**
   * The touches with which a match ends, wherever it begins: of those that {@link #matches} leaves
   * out since they reach into another, too.
   *
   * @param touches what each is to the pattern, from {@link #bits}
   * @param micros when each was
   */
  public List<Integer> ends(long[] touches, long[] micros) {
    return new Run(touches, micros).ends();
  }

  /** The automaton on its way along some touches. */
  private final class Run {
    private final long[] touches;
    private final long[] micros;
    private List<List<long[]>> now = none();
    private int at;

    private Run(long[] touches, long... micros) {
      this.touches = touches;
      this.micros = micros;
    }

    private List<List<long[]>> none() {
      List<List<long[]>> none = new ArrayList<>(states.size());
      states.forEach(state -> none.add(null));
      return none;
    }

    /** The match that ends first of those that begin at {@code from} or later; null for none. */
    private Match first(int from) {
      now = none();
      for (at = from; at <= touches.length; at++) {
        begin();
        Match match = done();
        if (match != null) {
          return match;
        }
        if (at < touches.length) {
          step();
        }
      }
      return null;
    }

    private List<Integer> ends() {
      List<Integer> ends = new ArrayList<>();
      for (at = 0; at <= touches.length; at++) {
        begin();
        if (done() != null) {
          ends.add(at - 1);
        }
        if (at < touches.length) {
          step();
        }
      }
      return ends;
    }

    /** A match may begin with the touch that it is at. */
    private void begin() {
      if (at < touches.length && (!pattern.isFromStart() || at == 0)) {
        long[] clocksOfThread = new long[clocks];
        Arrays.fill(clocksOfThread, Long.MAX_VALUE);
        clocksOfThread[0] = at;
        enter(start, clocksOfThread);
      }
    }

    private Match done() {
      List<long[]> threads = now.get(0);
      if (threads == null || (pattern.isToEnd() && at < touches.length)) {
        return null;
      }
      long from = threads.stream().mapToLong(clock -> clock[0]).max().orElseThrow();
      return new Match((int) from, at);
    }

    /** Takes the touch that it is at. */
    private void step() {
      List<List<long[]>> before = now;
      now = none();
      int taken = at;
      at = taken + 1;
      for (int number = 0; number < before.size(); number++) {
        State state = states.get(number);
        boolean takes =
            state.kind == Kind.TAKE
                && before.get(number) != null
                && (touches[taken] & (1L << state.number)) != 0;
        if (takes) {
          before.get(number).forEach(clock -> enter(state.next, clock));
        }
      }
      at = taken;
    }

    /** Comes to a state, and to all that follow from it without a touch. */
    private void enter(int number, long... clock) {
      State state = states.get(number);
      boolean isFirst = at == clock[0];
      boolean isEmptyMatch = isFirst && state.kind == Kind.DONE;
      if (isEmptyMatch || !keep(number, clock)) {
        return;
      }
      switch (state.kind) {
        case FORK -> {
          enter(state.next, clock);
          enter(state.other, clock);
        }
        case BEGIN -> {
          long[] begun = clock.clone();
          begun[state.number] = at < micros.length ? micros[at] : Long.MAX_VALUE;
          enter(state.next, begun);
        }
        case CHECK -> {
          boolean isEmpty = isFirst || clock[state.number] > micros[at - 1];
          if (isEmpty || micros[at - 1] - clock[state.number] <= state.bound) {
            long[] ended = clock.clone();
            ended[state.number] = Long.MAX_VALUE;
            enter(state.next, ended);
          }
        }
        case ARROW -> {
          boolean isFree = isFirst || at >= micros.length;
          if (isFree || state.arrow.allows(micros[at] - micros[at - 1])) {
            enter(state.next, clock);
          }
        }
        default -> {
          // It waits for the next touch, or is done.
        }
      }
    }

    /** Whether there was nothing as good; what is worse goes. */
    private boolean keep(int number, long... clock) {
      List<long[]> there = now.get(number);
      if (there == null) {
        there = new ArrayList<>(1);
        now.set(number, there);
      }
      for (long[] other : there) {
        if (isNoWorse(other, clock)) {
          return false;
        }
      }
      there.removeIf(other -> isNoWorse(clock, other));
      there.add(clock);
      return true;
    }

    private boolean isNoWorse(long[] one, long... other) {
      for (int i = 0; i < one.length; i++) {
        if (one[i] < other[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
