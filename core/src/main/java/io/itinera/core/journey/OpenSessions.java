package io.itinera.core.journey;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The sessions of one customer that have begun, of each key the latest: those of one key follow one
 * upon the other.
 */
final class OpenSessions {

  private final Map<UTF8String, Session> byKey = new HashMap<>(4);

  private record Session(UTF8String id, Last last) {}

  /**
   * A place in the order of touchpoints.
   *
   * @param at in microseconds since 1970
   * @param sequence may be null, and is in front of all numbers then
   * @param id null where the instant alone tells the place
   */
  record Last(long at, Long sequence, UTF8String id) implements Comparable<Last> {

    private static final Comparator<Last> ORDER =
        Comparator.comparingLong(Last::at)
            .thenComparing(Last::sequence, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Last::id, Comparator.nullsFirst(Comparator.naturalOrder()));

    @Override
    public int compareTo(Last other) {
      return ORDER.compare(this, other);
    }
  }

  void open(UTF8String key, UTF8String session, Last last) {
    byKey.put(key, new Session(session, last));
  }

  /** The session of {@code key} in which a touchpoint is; null without one. */
  UTF8String at(UTF8String key, Last place) {
    Session session = byKey.get(key);
    if (session == null) {
      return null;
    }
    Last last = session.last();
    boolean isInIt = last.id() == null ? place.at() <= last.at() : place.compareTo(last) <= 0;
    return isInIt ? session.id() : null;
  }
}
