package io.itinera.jobs.config;

import io.itinera.core.attribution.AttributionRules;
import io.itinera.core.attribution.AttributionRules.Shapley;
import io.itinera.core.attribution.AttributionRules.Touch;
import io.itinera.core.attribution.MarkovChain;
import java.util.Set;

/** Reads how conversions are parted among touches. */
final class AttributionReader {

  private AttributionReader() {}

  static AttributionRules read(Settings attribution, Set<String> conversionTypes) {
    return new AttributionRules(
        attribution.get("lookback", SettingKind.DURATION),
        attribution.get("half-life", SettingKind.DURATION),
        attribution.get("touch", SettingKind.choice(Touch.class)),
        Set.copyOf(attribution.list("direct-channels", SettingKind.NAME)),
        attribution.list("markov-orders", SettingKind.whole(1, MarkovChain.MOST_ORDER)),
        attribution.get("shapley", SettingKind.choice(Shapley.class)),
        attribution.get("resamples", SettingKind.whole(0, 10_000)),
        attribution.get("window", SettingKind.orNone(SettingKind.days(1))),
        conversionTypes);
  }
}
