package io.itinera.core.nights;

import io.itinera.core.session.SessionLimits;
import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules.ChannelRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sessions with all their limits, by a loop that looks at whole lists of touchpoints and is easy to
 * trust. A vendor's session is the definition where {@code rules} use it; each call is one.
 *
 * @param rules of all channels but calls
 * @param areLinked whether calls say which session on the web they follow
 */
record PlainCuts(ChannelRules rules, ZoneId zone, boolean areLinked) {

  static final Duration WITHIN = Duration.ofMinutes(60);

  /** Of silences between touchpoints, one is this long, and another longer by a microsecond. */
  static final Duration TOLERANCE = Duration.ofSeconds(100);

  /** A session, and why it ended; null if it did not. */
  record Cut(List<Touch> touches, String end) {

    Touch first() {
      return touches.get(0);
    }

    Touch last() {
      return touches.get(touches.size() - 1);
    }
  }

  List<Cut> sessions(Collection<Touch> touches, Instant asOfEnd) {
    Map<String, List<Touch>> ways = new TreeMap<>();
    for (Touch touch : touches.stream().sorted(Touch.ORDER).toList()) {
      String way = String.join("|", touch.customer(), touch.channel(), definition(touch));
      ways.computeIfAbsent(way, any -> new ArrayList<>()).add(touch);
    }
    List<Cut> sessions = new ArrayList<>();
    for (List<Touch> way : ways.values()) {
      List<Touch> session = new ArrayList<>(List.of(way.get(0)));
      for (Touch next : way.subList(1, way.size())) {
        String end = endBefore(session, next);
        if (end != null) {
          sessions.add(new Cut(session, end));
          session = new ArrayList<>();
        }
        session.add(next);
      }
      sessions.add(new Cut(session, endOfLast(session, asOfEnd)));
    }
    return sessions;
  }

  /** A line for each session. */
  List<String> lines(Collection<Touch> touches, Instant asOfEnd) {
    Map<String, Integer> numbers = new TreeMap<>();
    List<Cut> cuts = sessions(touches, asOfEnd);
    return cuts.stream()
        .sorted(Comparator.comparing(Cut::first, Touch.ORDER))
        .map(
            cut ->
                String.join(
                    "|",
                    cut.first().customer(),
                    id(cut),
                    cut.first().channel(),
                    String.valueOf(numbers.merge(cut.first().customer(), 1, Integer::sum)),
                    String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, cut.first().at())),
                    String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, cut.last().at())),
                    String.valueOf(cut.touches().size()),
                    cut.end(),
                    preceding(cut, cuts)))
        .sorted()
        .toList();
  }

  /** The session on the web that a call followed, and how many minutes later it came. */
  private String preceding(Cut call, List<Cut> cuts) {
    if (!call.first().channel().equals("call")) {
      return "null|null";
    }
    Comparator<Cut> lastToEnd =
        Comparator.comparing((Cut web) -> web.last().at()).thenComparing(this::id);
    List<Cut> candidates =
        cuts.stream()
            .filter(web -> !web.first().channel().equals("call"))
            .filter(web -> web.first().customer().equals(call.first().customer()))
            .filter(web -> !web.first().at().isAfter(call.first().at().plus(TOLERANCE)))
            .toList();
    String linked =
        call.touches().stream().map(Touch::link).filter(Objects::nonNull).findFirst().orElse("");
    Optional<Cut> named =
        candidates.stream()
            .filter(web -> areLinked && linked.equals(sourceSession(web)))
            .max(lastToEnd);
    Optional<Cut> near =
        candidates.stream()
            .filter(web -> !web.first().at().isAfter(call.first().at()))
            .max(lastToEnd)
            .filter(web -> !call.first().at().isAfter(web.last().at().plus(WITHIN)));
    return named
        .or(() -> near)
        .map(web -> id(web) + "|" + minutes(web.last().at(), call.first().at()))
        .orElse("null|null");
  }

  private static String sourceSession(Cut web) {
    return web.touches().stream()
        .map(Touch::sourceSession)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static long minutes(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMinutes());
  }

  /** The session of each touchpoint, by its id. */
  Map<String, String> ids(Collection<Touch> touches) {
    Map<String, String> ids = new TreeMap<>();
    for (Cut cut : sessions(touches, Instant.EPOCH)) {
      cut.touches().forEach(touch -> ids.put(touch.id(), id(cut)));
    }
    return ids;
  }

  private String id(Cut cut) {
    String kind = isVendors(cut.first()) ? "conversation" : "timeout";
    return Hash.of(kind + "|" + cut.first().id());
  }

  private boolean isVendors(Touch touch) {
    return touch.channel().equals("call")
        || (rules.useSourceSession() && touch.sourceSession() != null);
  }

  private String definition(Touch touch) {
    if (!isVendors(touch)) {
      return "timeout";
    }
    return touch.sourceSession() == null
        ? "touch " + touch.id()
        : touch.source() + " " + touch.sourceSession();
  }

  private String endBefore(List<Touch> session, Touch next) {
    Touch first = session.get(0);
    SessionLimits limits = rules.limits();
    if (isVendors(next)) {
      boolean isLong =
          !next.channel().equals("call")
              && limits
                  .longest()
                  .filter(most -> next.at().isAfter(first.at().plus(most)))
                  .isPresent();
      return isLong ? "max-duration" : null;
    }
    Map.Entry<Instant, String> ofTime = endOfTime(session);
    if (next.at().isAfter(ofTime.getKey())) {
      return ofTime.getValue();
    }
    String from = from(next);
    if (from != null && !from.equals(from(first))) {
      return "campaign";
    }
    if (limits.newSessionOn().isPresent() && next.type().equals("complaint")) {
      return "predicate";
    }
    boolean isFull = limits.mostTouchpoints().filter(most -> session.size() >= most).isPresent();
    boolean isBurst = limits.burst().filter(burst -> isBurst(burst, session, next)).isPresent();
    return isFull || isBurst ? "max-touchpoints" : null;
  }

  private static boolean isBurst(Burst burst, List<Touch> session, Touch next) {
    Instant within = session.get(0).at().plus(burst.within());
    long before = session.stream().filter(touch -> !touch.at().isAfter(within)).count();
    return before >= burst.touchpoints() && !next.at().isAfter(within);
  }

  private String from(Touch touch) {
    if (rules.limits().newCampaign() == NewCampaign.CAMPAIGN) {
      return touch.campaign();
    }
    boolean isFromElsewhere =
        touch.marketingChannel() != null && !touch.marketingChannel().equals("direct");
    return rules.limits().newCampaign() == NewCampaign.SOURCE && isFromElsewhere
        ? touch.marketingChannel() + "|" + touch.campaign()
        : null;
  }

  /** The last microsecond of a session that no touchpoint ends, and what ends it then. */
  private Map.Entry<Instant, String> endOfTime(List<Touch> session) {
    Instant first = session.get(0).at();
    Map<Instant, String> ends = new TreeMap<>();
    ends.put(session.get(session.size() - 1).at().plus(rules.timeout()), "timeout");
    rules.limits().longest().ifPresent(most -> ends.put(first.plus(most), "max-duration"));
    if (rules.limits().atMidnight()) {
      Instant midnight =
          first.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
      ends.put(midnight.minus(1, ChronoUnit.MICROS), "midnight");
    }
    return ends.entrySet().iterator().next();
  }

  private String endOfLast(List<Touch> session, Instant asOfEnd) {
    if (isVendors(session.get(0))) {
      return "source-session";
    }
    Map.Entry<Instant, String> end = endOfTime(session);
    return end.getKey().isBefore(asOfEnd) ? end.getValue() : "open";
  }
}
