package io.itinera.core.trail;

import io.itinera.core.trail.TouchMatcher.Match;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands around matches: so many touches before their first touch and behind their last.
 *
 * @param occurrence which of a customer's matches count: 0 all of them, 1 the first, 2 the second,
 *     −1 the last, −2 the one before it
 * @param steps how many touches to look at on each side, at least 1
 */
public record AroundMatches(int occurrence, int steps) implements Serializable {

  /** What stands where the touches of the customer have not begun. */
  public static final String START = "(start)";

  /** What stands where they have ended. */
  public static final String END = "(end)";

  public AroundMatches {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be 1 or more, was " + steps);
    }
  }

  /**
   * A touch near a match.
   *
   * @param offset −1 right before its first touch, 1 right behind its last
   * @param touch place of the touch; −1 before all, −2 behind all
   */
  public record Neighbour(int offset, int touch) {

    /** The label of the touch among {@code labels}, or what stands where there is none. */
    public String label(List<String> labels) {
      return touch == -1 ? START : touch == -2 ? END : labels.get(touch);
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
   * What stands around the matches that count. Behind the end, and before the start, nothing more
   * is told.
   *
   * @param size how many touches the customer has
   */
  public List<Neighbour> neighbours(List<Match> matches, int size) {
    List<Neighbour> neighbours = new ArrayList<>();
    for (Match match : chosen(matches)) {
      for (int step = 1; step <= steps; step++) {
        int before = match.from() - step;
        if (before >= -1) {
          neighbours.add(new Neighbour(-step, before));
        }
        int after = match.to() - 1 + step;
        if (after <= size) {
          neighbours.add(new Neighbour(step, after < size ? after : -2));
        }
      }
    }
    return neighbours;
  }
}
