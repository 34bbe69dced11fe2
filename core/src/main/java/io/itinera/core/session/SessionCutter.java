package io.itinera.core.session;

import io.itinera.core.table.SessionEnd;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Cuts touchpoints that come one after the other, in their order, into sessions. It keeps a few
 * numbers of the session at hand and no touchpoint.
 *
 * <p>All that it knows it learned since the session began: who starts anew at the first touchpoint
 * of any session finds the same cuts from there on.
 *
 * <p>Where several rules end a session, the one that does so first counts; of those that do so at
 * the same instant midnight comes before the longest duration, and these before silence. What only
 * a touchpoint can do counts where time has not: another campaign, the predicate, too many.
 */
final class SessionCutter {

  private static final long NEVER = CutRules.NEVER;

  private final CutRules rules;
  private final boolean isVendors;

  private boolean isBegun;
  private long startedAt;
  private long lastAt;
  private long count;
  private long lastOfDay;
  private String source;

  private SessionCutter(CutRules rules, boolean isVendors) {
    this.rules = rules;
    this.isVendors = isVendors;
  }

  /** Before the first touchpoint. */
  static SessionCutter of(CutRules rules) {
    return new SessionCutter(rules, false);
  }

  /** The same, where a vendor or a receipt says what belongs together. */
  static SessionCutter ofVendor(CutRules rules) {
    return new SessionCutter(rules.ofVendor(), true);
  }

  /**
   * What ends the session at hand before the next touchpoint; null if it goes on, and before the
   * first one.
   *
   * @param at when it happens, microseconds
   * @param from the campaign or source that it comes from; null if it says nothing of it
   * @param opensNew whether the predicate holds
   */
  SessionEnd endBefore(long at, String from, boolean opensNew) {
    if (!isBegun) {
      return null;
    }
    if (at > endsAfter()) {
      return isVendors ? SessionEnd.MAX_DURATION : endsBy();
    }
    if (rules.byCampaign() && from != null && !from.equals(source)) {
      return SessionEnd.CAMPAIGN;
    }
    if (opensNew && !isVendors) {
      return SessionEnd.PREDICATE;
    }
    boolean isBurst = count >= rules.burstMost() && at - startedAt <= rules.burstTime();
    return isBurst || count >= rules.most() ? SessionEnd.MAX_TOUCHPOINTS : null;
  }

  /** Whether the session at hand has no touchpoint yet. */
  boolean isFirst() {
    return !isBegun;
  }

  /** Takes a touchpoint that begins a session. */
  void begin(long at, String from) {
    isBegun = true;
    startedAt = at;
    lastAt = at;
    count = 1;
    source = from;
    lastOfDay = rules.midnights() == null ? NEVER : lastOfDay(at);
  }

  /** Takes a touchpoint with which the session goes on. */
  void goOn(long at) {
    lastAt = at;
    count++;
  }

  /** The latest instant, microseconds, at which a touchpoint may go on with the session at hand. */
  long endsAfter() {
    return Math.min(limit(), plus(lastAt, rules.timeout()));
  }

  /** What ends the session at hand if no touchpoint does. */
  SessionEnd endsBy() {
    if (isVendors) {
      return SessionEnd.SOURCE_SESSION;
    }
    if (limit() > plus(lastAt, rules.timeout())) {
      return SessionEnd.TIMEOUT;
    }
    return limit() == lastOfDay ? SessionEnd.MIDNIGHT : SessionEnd.MAX_DURATION;
  }

  private long limit() {
    return Math.min(lastOfDay, plus(startedAt, rules.longest()));
  }

  /** The last microsecond before the clock on the wall shows another day. */
  private long lastOfDay(long micros) {
    Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    ZonedDateTime midnight =
        at.atZone(rules.midnights()).toLocalDate().plusDays(1).atStartOfDay(rules.midnights());
    // Where clocks are put back over midnight it comes twice, and the first may be past.
    Instant next =
        midnight.toInstant().isAfter(at)
            ? midnight.toInstant()
            : midnight.withLaterOffsetAtOverlap().toInstant();
    return ChronoUnit.MICROS.between(Instant.EPOCH, next) - 1;
  }

  private static long plus(long at, long time) {
    return time == NEVER ? NEVER : at + time;
  }
}
