package io.itinera.core.session;

import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules.ChannelRules;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;

/**
 * What ends a session, in numbers that tasks are sent; times in microseconds, {@link #NEVER} where
 * it does not.
 *
 * @param timeout longest silence
 * @param longest longest duration
 * @param most most touchpoints
 * @param burstMost most touchpoints within {@code burstTime} of the first
 * @param midnights zone whose midnights end it; null if none does
 * @param byCampaign whether another campaign or source does
 */
record CutRules(
    long timeout,
    long longest,
    long most,
    long burstMost,
    long burstTime,
    ZoneId midnights,
    boolean byCampaign)
    implements Serializable {

  static final long NEVER = Long.MAX_VALUE;

  static CutRules of(ChannelRules rules, ZoneId zone) {
    SessionLimits limits = rules.limits();
    return new CutRules(
        micros(rules.timeout()),
        limits.longest().map(CutRules::micros).orElse(NEVER),
        limits.mostTouchpoints().map(Integer::longValue).orElse(NEVER),
        limits.burst().map(Burst::touchpoints).map(Integer::longValue).orElse(NEVER),
        limits.burst().map(Burst::within).map(CutRules::micros).orElse(0L),
        limits.atMidnight() ? zone : null,
        limits.newCampaign() != NewCampaign.NEVER);
  }

  /** Rules of what a vendor, or a receipt, says belongs together: only too long is too long. */
  CutRules ofVendor() {
    return new CutRules(NEVER, longest, NEVER, NEVER, 0, null, false);
  }

  /** The microseconds of {@code duration}. */
  static long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
  }
}
