package io.itinera.core.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.session.PrecedingRules;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.session.SessionLimits;
import io.itinera.core.session.SessionLimits.Burst;
import io.itinera.core.session.SessionLimits.NewCampaign;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.testing.Seeds;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares sessions of several nights, in which touchpoints come late, change, go and change their
 * customer, with those that a plain loop over all of them finds: with the rules of every preset, in
 * nights in which clocks are put forward or back. Everybody is busy around midnight, many at the
 * same instant, and silences are of the timeout or a microsecond more.
 */
@ExtendWith(SparkExtension.class)
class SessionLimitsOracleTest {

  /** More by {@code -Ditinera.limited-customers}. */
  private static final int CUSTOMERS = Integer.getInteger("itinera.limited-customers", 160);

  /** More by {@code -Dlong.seeds=true}. */
  private static final int NIGHTS = (int) Seeds.upTo(3).count();

  private static final String LINE =
      "concat_ws('|', customer_id, session_id, channel, session_number, unix_micros(started_at),"
          + " unix_micros(ended_at), touchpoints_count, end_reason,"
          + " coalesce(preceding_session_id, 'null'), coalesce(string(minutes_since_web), 'null'))";

  /** Limits that few touchpoints reach; those of Adobe itself are as far away as 2,500. */
  private static SessionLimits limits(String preset) {
    Optional<Duration> none = Optional.empty();
    Optional<Integer> noMost = Optional.empty();
    Optional<String> noPredicate = Optional.empty();
    return switch (preset) {
      case "universal-analytics" ->
          new SessionLimits(none, true, NewCampaign.SOURCE, noMost, Optional.empty(), noPredicate);
      case "adobe-analytics" ->
          new SessionLimits(
              Optional.of(Duration.ofMinutes(90)),
              false,
              NewCampaign.NEVER,
              Optional.of(5),
              Optional.of(new Burst(3, Duration.ofSeconds(100))),
              noPredicate);
      case "matomo" ->
          new SessionLimits(
              none, true, NewCampaign.CAMPAIGN, noMost, Optional.empty(), noPredicate);
      case "snowplow" ->
          new SessionLimits(
              Optional.of(Duration.ofMinutes(90)),
              false,
              NewCampaign.NEVER,
              noMost,
              Optional.empty(),
              noPredicate);
      case "all" ->
          new SessionLimits(
              Optional.of(Duration.ofMinutes(90)),
              true,
              NewCampaign.SOURCE,
              Optional.of(4),
              Optional.of(new Burst(2, Duration.ofSeconds(50))),
              Optional.of("type = 'complaint'"));
      default -> SessionLimits.NONE;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "ga4, true, Europe/Berlin, 2026-03-29",
    "universal-analytics, false, Europe/Berlin, 2026-10-25",
    "universal-analytics, false, America/Sao_Paulo, 2018-02-18",
    "adobe-analytics, false, Europe/Berlin, 2026-03-29",
    "matomo, false, America/Sao_Paulo, 2018-11-04",
    "matomo, true, Europe/Berlin, 2026-03-29",
    "snowplow, true, America/New_York, 2026-11-01",
    "all, false, Europe/Berlin, 2026-10-25",
    "all, true, Africa/Cairo, 2026-04-24"
  })
  void nightsCutWhatALoopOverAllTouchpointsCuts(
      String preset, boolean isVendors, String zoneId, String day, SparkSession spark) {
    ZoneId zone = ZoneId.of(zoneId);
    LocalDate first = LocalDate.parse(day);
    ChannelRules web =
        new ChannelRules(Cut.TIMEOUT, Duration.ofMinutes(30), isVendors, limits(preset));
    SessionRules rules = rules(web, zone, isVendors);
    PlainCuts plain = new PlainCuts(web, zone, isVendors);
    EngineNights engine = new EngineNights(spark, rules, List.of());
    Random random = new Random((preset + day).hashCode());
    Map<String, Touch> known = new TreeMap<>();
    Map<String, Touch> before = Map.of();
    for (int night = 0; night < NIGHTS; night++) {
      // Twice the same day, so that all that comes is late.
      Instant end = first.plusDays(night / 2).atStartOfDay(zone).toInstant();
      happen(known, first.atStartOfDay(zone).toInstant(), random);
      Map<String, Touch> now = new TreeMap<>(known);
      now.values().removeIf(touch -> !touch.at().isBefore(end));

      engine.nightUpToSessions(now.values(), NightsOracleTest.changed(before, now), end);

      assertThat(lines(engine.sessions(), LINE))
          .as("%s, night %d", preset, night)
          .isEqualTo(plain.lines(now.values(), end));
      assertThat(
              lines(
                  RecallSessions.recall(engine.dataset(now.values()), engine.sessions(), rules),
                  "concat_ws(' ', touchpoint_id, session_id)"))
          .as("recalled, %s, night %d", preset, night)
          .isEqualTo(
              plain.ids(now.values()).entrySet().stream()
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .sorted()
                  .toList());
      before = now;
    }
  }

  /** Some come, some change, some go, and some customers turn out to be others, or not. */
  private static void happen(Map<String, Touch> known, Instant midnight, Random random) {
    for (int i = 0; i < CUSTOMERS; i++) {
      if (random.nextInt(3) == 0) {
        continue;
      }
      String customer = "c" + i;
      int arrivals = random.nextInt(9);
      for (int k = 0; k < arrivals; k++) {
        String id = "%04x".formatted(random.nextInt(1 << 16)) + "-" + customer;
        known.put(id, touch(id, customer, midnight, random));
      }
      List<Touch> own = known.values().stream().filter(t -> t.customer().equals(customer)).toList();
      if (!own.isEmpty() && random.nextInt(3) == 0) {
        known.remove(own.get(random.nextInt(own.size())).id());
      }
      if (random.nextInt(10) == 0) {
        String other = "c" + random.nextInt(CUSTOMERS);
        own.stream()
            .filter(touch -> known.containsKey(touch.id()))
            .filter(touch -> random.nextInt(4) > 0)
            .forEach(touch -> known.put(touch.id(), withCustomer(touch, other)));
      }
    }
  }

  private static Touch withCustomer(Touch touch, String customer) {
    return new Touch(
        touch.id(),
        customer,
        touch.source(),
        touch.channel(),
        touch.type(),
        touch.stage(),
        touch.at(),
        touch.sequence(),
        touch.sourceSession(),
        touch.orderId(),
        touch.location(),
        touch.value());
  }

  /** Within hours of midnight, on few instants that lie at or next to each other's borders. */
  private static Touch touch(String id, String customer, Instant midnight, Random random) {
    List<Long> beside = List.of(0L, 0L, 0L, -1L, 1L, 50_000_000L, 100_000_000L, 100_000_001L);
    long micros =
        (random.nextInt(14) - 7) * 1_800_000_000L + beside.get(random.nextInt(beside.size()));
    List<String> types = List.of("page_view", "page_view", "page_view", "purchase", "complaint");
    List<String> places = new ArrayList<>(List.of("/0", "/1", "/2", "/3"));
    places.add(null);
    places.add(null);
    return new Touch(
        id,
        customer,
        random.nextBoolean() ? "a" : "b",
        List.of("web", "web", "web", "app", "call").get(random.nextInt(5)),
        types.get(random.nextInt(types.size())),
        null,
        midnight.plus(micros, ChronoUnit.MICROS),
        random.nextInt(5) == 0 ? null : (long) random.nextInt(3),
        random.nextInt(4) == 0 ? "s" + random.nextInt(2) : null,
        null,
        places.get(random.nextInt(places.size())),
        null);
  }

  private static List<String> lines(Dataset<Row> rows, String line) {
    return rows.selectExpr(line).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static SessionRules rules(ChannelRules web, ZoneId zone, boolean areLinked) {
    return new SessionRules(
        Map.of("call", new ChannelRules(Cut.CONVERSATION, Duration.ofMinutes(30), true)),
        web,
        Set.of("page_view"),
        Set.of("purchase"),
        10,
        zone,
        SessionRules.Scope.PRIMARY,
        new PrecedingRules(
            Set.of("call", "chat"),
            Set.of("web", "app"),
            PlainCuts.WITHIN,
            areLinked ? Optional.of(Touch.LINK) : Optional.empty(),
            PlainCuts.TOLERANCE));
  }
}
