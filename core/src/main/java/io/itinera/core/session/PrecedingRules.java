package io.itinera.core.session;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which sessions follow a session on the web: calls and chats of who did not get on there.
 *
 * @param channels whose sessions may follow one
 * @param webChannels whose sessions they follow
 * @param within how long after the web session's end; exactly that is near enough
 * @param link what touchpoints on {@code channels} say of the vendor's own session that they
 *     follow, in Spark SQL; that wins over time
 * @param tolerance how much later than the call the session that {@code link} names may begin,
 *     since clocks differ; exactly that is near enough
 */
public record PrecedingRules(
    Set<String> channels,
    Set<String> webChannels,
    Duration within,
    Optional<String> link,
    Duration tolerance) {

  /** None do. */
  public static final PrecedingRules NONE =
      new PrecedingRules(Set.of(), Set.of(), Duration.ZERO, Optional.empty(), Duration.ZERO);

  public PrecedingRules {
    channels = Set.copyOf(channels);
    webChannels = Set.copyOf(webChannels);
    if (channels.stream().anyMatch(webChannels::contains)) {
      throw new IllegalArgumentException(
          "a channel cannot be among channels and web-channels; channels are %s, web-channels %s"
              .formatted(channels, webChannels));
    }
    if (within.isNegative()) {
      throw new IllegalArgumentException("within must not be negative, was " + within);
    }
    if (tolerance.isNegative()) {
      throw new IllegalArgumentException("tolerance must not be negative, was " + tolerance);
    }
  }
}
