package io.itinera.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.table.SessionEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cuts random touchpoints by each preset and compares with a plain look at all touchpoints of the
 * session at hand: ties, silences of exactly the timeout and a microsecond more, bursts, nights on
 * which clocks change, campaigns that come and go.
 */
class SessionCutterOracleTest {

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Map<String, SessionLimits> PRESETS =
      Map.of(
          "ga4", SessionLimits.NONE,
          "universal-analytics", limits(null, true, NewCampaign.SOURCE, null, null),
          "adobe-analytics",
              limits(
                  Duration.ofHours(12),
                  false,
                  NewCampaign.NEVER,
                  2500,
                  new Burst(100, Duration.ofSeconds(100))),
          "matomo", limits(null, true, NewCampaign.CAMPAIGN, null, null),
          "snowplow", limits(Duration.ofDays(3), false, NewCampaign.NEVER, null, null));

  /** All that ends sessions by a preset, each of which must have been met. */
  private static final Map<String, Set<SessionEnd>> ENDS =
      Map.of(
          "ga4", Set.of(SessionEnd.TIMEOUT),
          "universal-analytics",
              Set.of(SessionEnd.TIMEOUT, SessionEnd.MIDNIGHT, SessionEnd.CAMPAIGN),
          "adobe-analytics",
              Set.of(SessionEnd.TIMEOUT, SessionEnd.MAX_DURATION, SessionEnd.MAX_TOUCHPOINTS),
          "matomo", Set.of(SessionEnd.TIMEOUT, SessionEnd.MIDNIGHT, SessionEnd.CAMPAIGN),
          "snowplow", Set.of(SessionEnd.TIMEOUT, SessionEnd.MAX_DURATION));

  /** What happened: when, and from which campaign or source, if it says. */
  private record Touch(Instant at, String from) {}

  /** That a session begins with a touchpoint, and why the one before it has ended. */
  private record Begins(int place, SessionEnd endOfOther) {}

  @ParameterizedTest
  @CsvSource({
    // Days on which clocks change: at two or three, at midnight, over the first hour of the day.
    "Europe/Berlin, 2026-03-29",
    "Europe/Berlin, 2026-10-25",
    "Asia/Beirut, 2025-03-30",
    "America/Havana, 2025-11-02",
    "UTC, 2026-01-01"
  })
  void everyPresetCutsAsAPlainLookDoes(ZoneId zone, LocalDate day) {
    new TreeMap<>(PRESETS)
        .forEach(
            (name, limits) -> {
              ChannelRules rules = new ChannelRules(Cut.TIMEOUT, HALF_HOUR, false, limits);
              Set<SessionEnd> ends = new TreeSet<>();
              for (long seed = 0; seed < 60; seed++) {
                List<Touch> touches = touches(new Random(seed), day.atStartOfDay(zone).toInstant());
                List<Begins> expected = byPlainLook(touches, rules, zone);
                expected.stream().skip(1).map(Begins::endOfOther).forEach(ends::add);

                assertThat(byCutter(touches, rules, zone))
                    .as("%s, %s, seed %d", name, zone, seed)
                    .isEqualTo(expected);
                for (int each = 0; each < expected.size(); each += 7) {
                  Begins begins = expected.get(each);
                  assertThat(byCutter(from(touches, begins), rules, zone))
                      .as("%s, from touchpoint %d on", name, begins.place())
                      .isEqualTo(behind(expected, begins));
                }
              }
              assertThat(ends).as(name).isEqualTo(ENDS.get(name));
            });
  }

  @Test
  void latecomerChangesNoSessionThatItDoesNotReach() {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    new TreeMap<>(PRESETS)
        .forEach(
            (name, limits) -> {
              ChannelRules rules = new ChannelRules(Cut.TIMEOUT, HALF_HOUR, false, limits);
              for (long seed = 0; seed < 100; seed++) {
                Random random = new Random(seed);
                List<Touch> before = touches(random, Instant.parse("2026-03-27T23:00:00Z"));
                int place = 1 + random.nextInt(before.size());
                Touch late = before.get(place - 1);
                List<Touch> after = new ArrayList<>(before);
                after.add(place, late);
                // Places of those behind it are one more than before.
                List<Integer> was =
                    byPlainLook(before, rules, zone).stream()
                        .map(each -> each.place() < place ? each.place() : each.place() + 1)
                        .toList();
                List<Integer> is =
                    byCutter(after, rules, zone).stream().map(Begins::place).toList();

                assertThat(parts(is, 0, place)).as(name).isEqualTo(parts(was, 0, place));
                was.stream()
                    .filter(begin -> begin > place && is.contains(begin))
                    .findFirst()
                    .ifPresent(
                        met ->
                            assertThat(parts(is, met, after.size()))
                                .as("%s, seed from %s on", name, late.at())
                                .isEqualTo(parts(was, met, after.size())));
              }
            });
  }

  private static List<Touch> touches(Random random, Instant start) {
    Instant at = start.minus(Duration.ofHours(random.nextInt(8)));
    List<Touch> touches = new ArrayList<>();
    // Who comes and goes; who never leaves; a machine; who is busy for hours.
    int shape = random.nextInt(8);
    int count = shape == 3 ? 2_900 : 60 + random.nextInt(300);
    for (int i = 0; i < count; i++) {
      at =
          switch (shape) {
            case 1 -> at.plus(Duration.ofSeconds(random.nextInt(1_801)));
            case 2 -> at.plus(random.nextInt(1_900_000), ChronoUnit.MICROS);
            case 3 -> at.plus(Duration.ofSeconds(1 + random.nextInt(9)));
            default -> next(random, at);
          };
      String from =
          random.nextInt(shape < 4 ? 400 : 4) > 0 ? null : "campaign " + random.nextInt(2);
      touches.add(new Touch(at, from));
    }
    return touches;
  }

  private static Instant next(Random random, Instant at) {
    return switch (random.nextInt(12)) {
      case 0 -> at;
      case 1 -> at.plus(HALF_HOUR);
      case 2 -> at.plus(HALF_HOUR).plus(1, ChronoUnit.MICROS);
      case 3 -> at.plus(Duration.ofHours(random.nextInt(30)));
      case 4, 5, 6 -> at.plus(Duration.ofSeconds(random.nextInt(1_800)));
      default -> at.plus(random.nextInt(2_000_000), ChronoUnit.MICROS);
    };
  }

  private static List<Begins> byCutter(List<Touch> touches, ChannelRules rules, ZoneId zone) {
    SessionCutter cutter = SessionCutter.of(CutRules.of(rules, zone));
    List<Begins> begins = new ArrayList<>();
    for (int place = 0; place < touches.size(); place++) {
      Touch touch = touches.get(place);
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, touch.at());
      SessionEnd end = cutter.endBefore(micros, touch.from(), false);
      if (end == null && !cutter.isFirst()) {
        cutter.goOn(micros);
      } else {
        cutter.begin(micros, touch.from());
        begins.add(new Begins(place, end));
      }
    }
    return begins;
  }

  private static List<Begins> byPlainLook(List<Touch> touches, ChannelRules rules, ZoneId zone) {
    List<Begins> begins = new ArrayList<>();
    List<Touch> session = new ArrayList<>();
    for (int place = 0; place < touches.size(); place++) {
      Touch touch = touches.get(place);
      SessionEnd end = session.isEmpty() ? null : end(session, touch, rules, zone);
      if (session.isEmpty() || end != null) {
        session.clear();
        begins.add(new Begins(place, end));
      }
      session.add(touch);
    }
    return begins;
  }

  /**
   * What parts {@code next} from the session: what comes first, and of the rest what comes last.
   */
  private static SessionEnd end(List<Touch> session, Touch next, ChannelRules rules, ZoneId zone) {
    SessionLimits limits = rules.limits();
    Touch first = session.get(0);
    Instant last = session.get(session.size() - 1).at();
    Map<SessionEnd, Instant> over = new TreeMap<>();
    if (Duration.between(last, next.at()).compareTo(rules.timeout()) > 0) {
      over.put(SessionEnd.TIMEOUT, last.plus(rules.timeout()));
    }
    LocalDate day = LocalDate.ofInstant(first.at(), zone);
    if (limits.atMidnight() && !LocalDate.ofInstant(next.at(), zone).equals(day)) {
      Instant midnight = day.plusDays(1).atStartOfDay(zone).toInstant();
      over.put(SessionEnd.MIDNIGHT, midnight.minus(1, ChronoUnit.MICROS));
    }
    limits
        .longest()
        .filter(most -> Duration.between(first.at(), next.at()).compareTo(most) > 0)
        .ifPresent(most -> over.put(SessionEnd.MAX_DURATION, first.at().plus(most)));
    if (!over.isEmpty()) {
      List<SessionEnd> order =
          List.of(SessionEnd.MIDNIGHT, SessionEnd.MAX_DURATION, SessionEnd.TIMEOUT);
      return over.entrySet().stream()
          .min(
              Map.Entry.<SessionEnd, Instant>comparingByValue()
                  .thenComparing(entry -> order.indexOf(entry.getKey())))
          .map(Map.Entry::getKey)
          .orElseThrow();
    }
    boolean isOther = next.from() != null && !Objects.equals(next.from(), first.from());
    if (limits.newCampaign() != NewCampaign.NEVER && isOther) {
      return SessionEnd.CAMPAIGN;
    }
    boolean isTooMany = limits.mostTouchpoints().filter(most -> session.size() >= most).isPresent();
    boolean isBurst =
        limits
            .burst()
            .filter(burst -> session.size() >= burst.touchpoints())
            .filter(burst -> Duration.between(first.at(), next.at()).compareTo(burst.within()) <= 0)
            .isPresent();
    return isTooMany || isBurst ? SessionEnd.MAX_TOUCHPOINTS : null;
  }

  private static List<Touch> from(List<Touch> touches, Begins begins) {
    return touches.subList(begins.place(), touches.size());
  }

  /** What remains of all cuts for who starts with that session. */
  private static List<Begins> behind(List<Begins> all, Begins first) {
    return all.stream()
        .filter(each -> each.place() >= first.place())
        .map(
            each ->
                new Begins(
                    each.place() - first.place(),
                    each.place() == first.place() ? null : each.endOfOther()))
        .sorted(Comparator.comparing(Begins::place))
        .toList();
  }

  private static List<Integer> parts(List<Integer> places, int from, int to) {
    return places.stream().filter(place -> place >= from && place < to).toList();
  }

  private static SessionLimits limits(
      Duration longest, boolean atMidnight, NewCampaign campaign, Integer most, Burst burst) {
    return new SessionLimits(
        Optional.ofNullable(longest),
        atMidnight,
        campaign,
        Optional.ofNullable(most),
        Optional.ofNullable(burst),
        Optional.empty());
  }
}
