package io.itinera.core.map;

import java.util.Locale;
import java.util.Set;

/** Names of campaigns, without the words that analytics tools put where there is no campaign. */
final class CampaignNames {

  /**
   * What stands for no campaign, in lower case: Google Analytics' words for traffic of another
   * kind, for what it does not know, and for what it does not tell.
   */
  private static final Set<String> NONE =
      Set.of(
          "(direct)",
          "(organic)",
          "(referral)",
          "(none)",
          "(not set)",
          "(not provided)",
          "(other)",
          "(unavailable)",
          "(data deleted)",
          "(data not available)");

  private CampaignNames() {}

  /** {@code name}, null where it names no campaign. */
  static String of(String name) {
    return name == null || NONE.contains(name.toLowerCase(Locale.ROOT)) ? null : name;
  }
}
