package io.itinera.core.raw;

import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** Names of campaigns, without the words that analytics tools put where there is no campaign. */
final class CampaignNames {

  /**
   * What stands for no campaign, in lower case: Google Analytics' words for traffic of another
   * kind, for what it does not know, and for what it does not tell.
   */
  private static final Object[] NONE = {
    "(direct)",
    "(organic)",
    "(referral)",
    "(none)",
    "(not set)",
    "(not provided)",
    "(other)",
    "(unavailable)",
    "(data deleted)",
    "(data not available)"
  };

  private CampaignNames() {}

  /** {@code name}, null where it names no campaign. */
  static Column of(Column name) {
    return when(not(lower(name).isin(NONE)), name);
  }
}
