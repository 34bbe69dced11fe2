package io.itinera.core.trail;

import io.itinera.core.trail.TouchMatcher.Match;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands around matches: so many touches before their first touch and behind their last, and
 * no more than so long before and after.
 *
 * @param occurrence which of a customer's matches count: 0 all of them, 1 the first, 2 the second,
 *     −1 the last, −2 the one before it
 * @param steps how many touches to look at on each side, at least 1
 * @param within how long before the first touch of a match, and after its last, a touch may be; one
 *     of exactly that is near enough
 */
public record AroundMatches(int occurrence, int steps, Duration within) implements Serializable {

  /** Longer than anybody has been followed. */
  public static final Duration EVER = Duration.ofDays(36_500);

  /** What stands where the next touch is too far away. */
  public static final String BEYOND = "(later or earlier)";

  private static final long NANOS_OF_MICRO = 1_000;
  private static final int BEFORE_ALL = -1;
  private static final int BEHIND_ALL = -2;
  private static final int TOO_FAR = -3;

  /** What stands where the touches of the customer have not begun. */
  public static final String START = "(start)";

  /** What stands where they have ended. */
  public static final String END = "(end)";

  public AroundMatches {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be 1 or more, was " + steps);
    }
    if (within.isNegative()) {
      throw new IllegalArgumentException("within must be 0 or more, was " + within);
    }
  }

  /** However long before and after. */
  public AroundMatches(int occurrence, int steps) {
    this(occurrence, steps, EVER);
  }

  /**
   * A touch near a match.
   *
   * @param offset −1 right before its first touch, 1 right behind its last
   * @param touch place of the touch; −1 before all, −2 behind all, −3 too far away
   */
  public record Neighbour(int offset, int touch) {

    /** Whether a touch stands there. */
    public boolean isTouch() {
      return touch >= 0;
    }

    /** The label of the touch among {@code labels}, or what stands where there is none. */
    public String label(List<String> labels) {
      return switch (touch) {
        case BEFORE_ALL -> START;
        case BEHIND_ALL -> END;
        case TOO_FAR -> BEYOND;
        default -> labels.get(touch);
      };
    }
  }

  /** The matches that count, of all of a customer. */
  public List<Match> chosen(List<Match> matches) {
    if (occurrence == 0) {
      return matches;
    }
    int place = occurrence > 0 ? occurrence - 1 : matches.size() + occurrence;
    return place >= 0 && place < matches.size() ? List.of(matches.get(place)) : List.of();
  }

  /**
   * What stands around the matches that count. Behind the end, before the start, and behind what is
   * too far away, nothing more is told.
   *
   * @param micros when the touches of the customer were
   */
  public List<Neighbour> neighbours(List<Match> matches, long... micros) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (Match match : chosen(matches)) {
      look(neighbours, match.from(), -1, micros);
      look(neighbours, match.to() - 1, 1, micros);
    }
    return neighbours;
  }

  private void look(List<Neighbour> neighbours, int from, int direction, long... micros) {
    long most = within.toNanos() / NANOS_OF_MICRO;
    for (int step = 1; step <= steps; step++) {
      int touch = from + direction * step;
      if (touch < 0 || touch >= micros.length) {
        neighbours.add(new Neighbour(direction * step, touch < 0 ? BEFORE_ALL : BEHIND_ALL));
        return;
      }
      if (Math.abs(micros[touch] - micros[from]) > most) {
        neighbours.add(new Neighbour(direction * step, TOO_FAR));
        return;
      }
      neighbours.add(new Neighbour(direction * step, touch));
    }
  }
}
