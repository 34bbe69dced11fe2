package io.itinera.core.session;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * When a session ends.
 *
 * @param channels rules of a channel; {@code otherwise} for channels that are missing
 * @param otherwise rules of all other channels
 * @param viewTypes touchpoint types that count as page views
 * @param conversionTypes touchpoint types that are conversions
 * @param engagedSeconds a session at least this long counts as engaged
 * @param timeZone zone of calendar days
 */
public record SessionRules(
    Map<String, ChannelRules> channels,
    ChannelRules otherwise,
    Set<String> viewTypes,
    Set<String> conversionTypes,
    long engagedSeconds,
    ZoneId timeZone) {

  /**
   * Rules of one channel.
   *
   * @param cut what makes two touchpoints one session
   * @param timeout longest silence inside a session; a longer one starts the next session
   * @param useSourceSession whether the vendor's session id, where there is one, defines the
   *     session
   */
  public record ChannelRules(Cut cut, Duration timeout, boolean useSourceSession) {

    public ChannelRules {
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException("timeout must be longer than zero, was " + timeout);
      }
    }
  }

  /** What makes two touchpoints one session. */
  public enum Cut {
    /** A silence not longer than the timeout. */
    TIMEOUT,
    /** The same conversation (source_session) or receipt (order_id); else each is its own. */
    CONVERSATION
  }

  public SessionRules {
    channels = Map.copyOf(channels);
    viewTypes = Set.copyOf(viewTypes);
    conversionTypes = Set.copyOf(conversionTypes);
  }
}
