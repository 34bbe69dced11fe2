package io.itinera.core.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Whose a device is that several persons sign in on: each one's in turn, from a sign-in on it until
 * the next different person's.
 *
 * <p>What it saw before the first sign-in is the first person's, too, if it is near enough; what
 * lies further back is nobody's that is known.
 */
final class OwnDevice {

  /** What is owned from here on is owned since ever. */
  static final Instant EVER = Instant.EPOCH;

  private final Duration replay;

  /**
   * @param replay how long before the first sign-in the device is the first person's already; zero
   *     if it is not
   */
  OwnDevice(Duration replay) {
    if (replay.isNegative()) {
      throw new IllegalArgumentException("replay must not be negative, was " + replay);
    }
    this.replay = replay;
  }

  /**
   * A touchpoint on the device.
   *
   * @param person who was signed in; nobody if it names no person
   */
  record Sighting(Instant at, String touchpoint, Optional<String> person) {}

  /**
   * A time in which the device has one owner.
   *
   * @param from inclusive; {@link #EVER} in the first one
   * @param to exclusive; none in the last one
   * @param person whose it is; none if nobody's that is known
   * @param first the device's first touchpoint, which tells an owner that is not known from others
   */
  record Stretch(Instant from, Optional<Instant> to, Optional<String> person, String first) {

    private Stretch until(Instant end) {
      return new Stretch(from, Optional.of(end), person, first);
    }
  }

  /**
   * The times of all owners, one after the other, with no gap between them.
   *
   * @param sightings in the order of touchpoints
   * @return none without a sighting
   */
  List<Stretch> stretches(Iterator<Sighting> sightings) {
    if (!sightings.hasNext()) {
      return List.of();
    }
    List<Stretch> done = new ArrayList<>();
    Sighting first = sightings.next();
    Stretch current = new Stretch(EVER, Optional.empty(), first.person(), first.touchpoint());
    while (sightings.hasNext()) {
      Sighting sighting = sightings.next();
      if (sighting.person().isPresent() && !sighting.person().equals(current.person())) {
        Instant since = current.person().isPresent() ? sighting.at() : reach(first, sighting);
        if (current.from().isBefore(since)) {
          done.add(current.until(since));
        }
        current = new Stretch(since, Optional.empty(), sighting.person(), first.touchpoint());
      }
    }
    done.add(current);
    return done;
  }

  /**
   * The device as that one's who signed in last, with all that it ever saw.
   *
   * @param sightings in the order of touchpoints
   * @return none without a sighting
   */
  static List<Stretch> ofLatest(Iterator<Sighting> sightings) {
    if (!sightings.hasNext()) {
      return List.of();
    }
    Sighting first = sightings.next();
    Optional<String> person = first.person();
    while (sightings.hasNext()) {
      Optional<String> next = sightings.next().person();
      person = next.isPresent() ? next : person;
    }
    return List.of(new Stretch(EVER, Optional.empty(), person, first.touchpoint()));
  }

  /** From when on the device is the first person's. */
  private Instant reach(Sighting first, Sighting signIn) {
    Instant since = signIn.at().minus(replay);
    return first.at().isBefore(since) ? since : EVER;
  }
}
