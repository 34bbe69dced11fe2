package io.itinera.core.source;

/**
 * What is taken for a machine.
 *
 * @param userAgents regular expression that a bot's user agent (property {@code user_agent})
 *     matches somewhere; empty matches none
 * @param perMinute touchpoints with the same identifiers, on a site or in an app within one minute,
 *     beyond which a person is none; 0 for no limit
 * @param exclude whether bots' touchpoints belong to nobody, and so to no session
 */
public record BotRules(String userAgents, int perMinute, boolean exclude) {

  public BotRules {
    if (perMinute < 0) {
      throw new IllegalArgumentException("per-minute must not be negative, was " + perMinute);
    }
  }
}
