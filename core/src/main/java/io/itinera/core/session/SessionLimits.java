package io.itinera.core.session;

import java.time.Duration;
import java.util.Optional;

/**
 * What ends a session beside silence.
 *
 * @param longest from its first touchpoint to its last; a touchpoint of exactly then is in it
 * @param atMidnight whether none goes on over midnight
 * @param newCampaign which touchpoints come from elsewhere, so that they begin a new one
 * @param mostTouchpoints how many it has at most
 * @param burst how many it has at most in its first time, where a machine would have more
 * @param newSessionOn a predicate over a touchpoint, in Spark SQL; where it holds, a session begins
 */
public record SessionLimits(
    Optional<Duration> longest,
    boolean atMidnight,
    NewCampaign newCampaign,
    Optional<Integer> mostTouchpoints,
    Optional<Burst> burst,
    Optional<String> newSessionOn) {

  /** Nothing but silence. */
  public static final SessionLimits NONE =
      new SessionLimits(
          Optional.empty(),
          false,
          NewCampaign.NEVER,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /**
   * Most touchpoints at the start of a session.
   *
   * @param touchpoints how many there may be; the next one begins another session
   * @param within how long after its first touchpoint they are counted; exactly then is within
   */
  public record Burst(int touchpoints, Duration within) {

    public Burst {
      if (touchpoints < 1 || within.isZero() || within.isNegative()) {
        throw new IllegalArgumentException(
            "burst needs at least 1 touchpoint and a time longer than zero, was %d within %s"
                .formatted(touchpoints, within));
      }
    }
  }

  /**
   * Which touchpoints begin a session because they come from elsewhere than the session does. Those
   * that say nothing of it, as most do, go on with the session.
   */
  public enum NewCampaign {
    /** None do. */
    NEVER,
    /** Those of another campaign; other referrers go on. */
    CAMPAIGN,
    /** Those of another campaign or marketing channel; direct ones go on. */
    SOURCE
  }

  public SessionLimits {
    longest.ifPresent(
        length -> {
          if (length.isZero() || length.isNegative()) {
            throw new IllegalArgumentException(
                "max-duration must be longer than zero, was " + length);
          }
        });
  }

  /** Whether it takes the next touchpoint to tell why a session ended. */
  boolean needTheNextTouchpoint() {
    return longest.isPresent() || partWhatTimeDoesNot();
  }

  /** Whether a session may end between two touchpoints although time alone would not part them. */
  boolean partWhatTimeDoesNot() {
    return newCampaign != NewCampaign.NEVER
        || mostTouchpoints.isPresent()
        || burst.isPresent()
        || newSessionOn.isPresent();
  }
}
