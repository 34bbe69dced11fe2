package io.itinera.core.trail;

import io.itinera.core.rule.OrderLines;
import io.itinera.core.rule.OrderLines.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Touches of one customer in their order, lines of one order as one: it is what its first line is,
 * and takes the steps that any of them takes.
 *
 * @param <T> what a line is
 */
final class Touches<T> {

  private final List<T> lines = new ArrayList<>();
  private final List<T> firsts = new ArrayList<>();
  private final OrderLines orders = new OrderLines();

  /** Of each line, the place of its touch. */
  private int[] places = new int[16];

  private long[] micros = new long[16];

  /**
   * Takes the next touchpoint.
   *
   * @param order what it says of its order; null without one
   */
  void add(T line, Line order, long at) {
    int next = lines.size();
    if (next == places.length) {
      places = Arrays.copyOf(places, 2 * next);
      micros = Arrays.copyOf(micros, 2 * next);
    }
    places[next] = orders.touch(firsts.size(), order, at);
    if (places[next] == firsts.size()) {
      micros[firsts.size()] = at;
      firsts.add(line);
    }
    lines.add(line);
  }

  /** The first line of each. */
  List<T> firsts() {
    return firsts;
  }

  /** When each was. */
  long[] micros() {
    return Arrays.copyOf(micros, firsts.size());
  }

  /** What each is to a funnel, of what each of its lines is. */
  long[] bits(ToLongFunction<T> ofLine) {
    long[] bits = new long[firsts.size()];
    for (int i = 0; i < lines.size(); i++) {
      bits[places[i]] |= ofLine.applyAsLong(lines.get(i));
    }
    return bits;
  }
}
