package io.itinera.core.trail;

import io.itinera.core.trail.FunnelWalk.Attempt;
import java.util.Optional;

/**
 * A customer's first arrival at a step, and what came of it within the time that the step leaves.
 *
 * <p>Causes are looked for from here, and not from the attempt that came furthest: which one that
 * is depends on how it ended. For the same reason nobody counts before their time is over, and who
 * goes on much later does not count as going on.
 *
 * <p>What a customer did behind the step counts up to a landmark only, among those who still wait
 * there (Anderson, Cain and Gelber, Journal of Clinical Oncology 1, 1983, 710–719): who goes on at
 * once has no time for anything between, so that among all who came whatever takes time is found
 * with those who drop.
 *
 * @param touch the one that took the step
 * @param landmark the moment up to which, itself included, it counts what they do
 * @param waits whether they have neither gone on nor dropped by then
 * @param goesOn whether they go on while there is time
 */
record Arrival(int touch, long landmark, boolean waits, boolean goesOn) {

  /**
   * Of a customer who came to a step; none if their time is not over yet.
   *
   * @param step one that is not optional and not the last
   * @param share of the time that the step leaves, at which the landmark is
   * @param endMicros first instant of which nothing is known
   */
  static Optional<Arrival> at(FunnelWalk walk, int step, double share, long endMicros) {
    Attempt first = walk.first(step);
    long latest = walk.latest(first);
    if (latest >= endMicros) {
      return Optional.empty();
    }
    long landmark = first.micros(step) + (long) ((latest - first.micros(step)) * share);
    int next = walk.next(step);
    Attempt onward = walk.first(next);
    long gone = onward == null ? Long.MAX_VALUE : onward.micros(next);
    boolean waits = gone > landmark && walk.leftMicros(step) > landmark;
    return Optional.of(new Arrival(first.touch(step), landmark, waits, gone <= latest));
  }
}
