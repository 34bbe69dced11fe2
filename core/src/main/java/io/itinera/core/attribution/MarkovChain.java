package io.itinera.core.attribution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Journeys as an absorbing Markov chain: what comes next depends on the last touches, as many as
 * the order says, and ends in a conversion or in nothing.
 *
 * <p>What a channel is worth is its removal effect: by how much fewer journeys would convert if all
 * that now go on to it ended in nothing. It follows from a system of linear equations, which is
 * solved, not simulated (Anderl, Becker, von Wangenheim and Schumann, Mapping the customer journey,
 * 2016).
 */
public final class MarkovChain {

  /** The next step of a journey that converts. */
  public static final int CONVERSION = -1;

  /** The next step of a journey that ends in nothing. */
  public static final int NOTHING = -2;

  /** Most touches that a state remembers. */
  public static final int MOST_ORDER = 3;

  private static final int BITS = 20;
  private static final long LAST = (1L << BITS) - 1;
  private static final long START = 0;

  /** In front of the channels. */
  private static final int ENDS = 2;

  private final int order;
  private final Map<Long, long[]> counts = new HashMap<>();

  /**
   * @param order how many of the last touches tell what comes next, 1 to {@value #MOST_ORDER}
   */
  public MarkovChain(int order) {
    if (order < 1 || order > MOST_ORDER) {
      throw new IllegalArgumentException(
          "order must be 1 to %d, was %d".formatted(MOST_ORDER, order));
    }
    this.order = order;
  }

  /** Takes what is counted of a chain. */
  interface Steps {
    /**
     * A step.
     *
     * @param lastTouches the state that it starts from, oldest first
     * @param next a channel, or an end
     */
    void step(int[] lastTouches, int next, long journeys);
  }

  int order() {
    return order;
  }

  /** Counts {@code journeys} that touched these channels in turn. */
  public void walk(int[] path, boolean isConverted, long journeys) {
    long state = START;
    for (int channel : path) {
      add(state, channel, journeys);
      state = after(state, channel);
    }
    add(state, isConverted ? CONVERSION : NOTHING, journeys);
  }

  /** Counts journeys that went on from their last touches, oldest first, to a channel or an end. */
  void add(int[] lastTouches, int next, long journeys) {
    long state = START;
    for (int channel : lastTouches) {
      state = after(state, channel);
    }
    add(state, next, journeys);
  }

  private void add(long state, int next, long journeys) {
    int place = next + ENDS;
    long[] nexts = counts.computeIfAbsent(state, from -> new long[8]);
    if (place >= nexts.length) {
      nexts = Arrays.copyOf(nexts, Math.max(2 * nexts.length, place + 1));
      counts.put(state, nexts);
    }
    nexts[place] = Math.addExact(nexts[place], journeys);
  }

  /** Tells {@code taker} all that is counted. */
  void tell(Steps taker) {
    counts.forEach(
        (state, nexts) -> {
          int[] touches = touches(state);
          for (int place = 0; place < nexts.length; place++) {
            if (nexts[place] != 0) {
              taker.step(touches, place - ENDS, nexts[place]);
            }
          }
        });
  }

  private static int[] touches(long state) {
    int[] touches = new int[MOST_ORDER];
    int size = 0;
    for (long rest = state; rest != START; rest >>>= BITS) {
      touches[size++] = (int) (rest & LAST) - 1;
    }
    int[] oldestFirst = new int[size];
    for (int i = 0; i < size; i++) {
      oldestFirst[i] = touches[size - 1 - i];
    }
    return oldestFirst;
  }

  private long after(long state, int channel) {
    long kept = state & ((1L << (BITS * (order - 1))) - 1);
    return (kept << BITS) | (channel + 1L);
  }

  /** How many states there are. */
  public int size() {
    return counts.size();
  }

  /** The probability that a journey converts. */
  public double conversion() {
    return new Equations().startConverts(NOTHING);
  }

  /**
   * Of each channel, the share of conversions that would be lost without it.
   *
   * @param channels how many there are
   */
  public double[] removalEffects(int channels) {
    double[] effects = new double[channels];
    double whole = conversion();
    if (whole > 0) {
      Equations equations = new Equations();
      for (int channel = 0; channel < channels; channel++) {
        effects[channel] = Math.max(0, 1 - equations.startConverts(channel) / whole);
      }
    }
    return effects;
  }

  /** The chain in the form that a solver takes. */
  private final class Equations {
    private final long[] states =
        counts.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    private final SparseChain chain = new SparseChain(states.length);
    private final int[] lastTouch = new int[states.length];

    private Equations() {
      for (int from = 0; from < states.length; from++) {
        lastTouch[from] = (int) (states[from] & LAST) - 1;
        long[] nexts = counts.get(states[from]);
        double sum = Arrays.stream(nexts).sum();
        for (int place = 0; place < nexts.length; place++) {
          if (nexts[place] != 0) {
            add(from, place - ENDS, nexts[place] / sum);
          }
        }
      }
    }

    private void add(int from, int next, double probability) {
      if (next == CONVERSION) {
        chain.converts(from, probability);
      } else if (next != NOTHING) {
        chain.goes(from, Arrays.binarySearch(states, after(states[from], next)), probability);
      }
    }

    /** With all that leads to {@code removed} leading to nothing. */
    private double startConverts(int removed) {
      if (states.length == 0) {
        return 0;
      }
      boolean[] isOut = new boolean[states.length];
      for (int state = 0; state < states.length; state++) {
        isOut[state] = removed >= 0 && lastTouch[state] == removed;
      }
      return chain.conversions(isOut)[Arrays.binarySearch(states, START)];
    }
  }
}
