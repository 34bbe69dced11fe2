package io.itinera.core.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.session.RecallSessions;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
 * Compares the days of sessions and journeys, in nights in which clocks are put forward or back,
 * with those that a plain loop reads off a clock on the wall. Everybody is busy around midnight.
 */
@ExtendWith(SparkExtension.class)
class ClockChangesOracleTest {

  private static final int CUSTOMERS = 20;
  private static final int TOUCHES = 14;
  private static final Duration TIMEOUT = PlainSessions.TIMEOUT;

  @ParameterizedTest
  @CsvSource({
    // An hour that is not there, and one that is there twice, at night but on one day.
    "Europe/Berlin, 2026-03-29",
    "Europe/Berlin, 2026-10-25",
    "America/New_York, 2026-11-01",
    // No change, but half an hour beside all others.
    "Asia/Kolkata, 2026-03-29",
    // The day begins at one o'clock; the hour before midnight is there twice.
    "America/Sao_Paulo, 2018-11-04",
    "America/Sao_Paulo, 2018-02-18",
    "Africa/Cairo, 2026-04-24",
    "Africa/Cairo, 2026-10-30",
    // Clocks are put back from a minute past midnight, into the day before.
    "America/St_Johns, 2010-11-07",
    // There is no thirtieth of December.
    "Pacific/Apia, 2011-12-31"
  })
  void daysAreThoseOfAClockOnTheWall(ZoneId zone, LocalDate day, SparkSession spark) {
    Random random = new Random(day.toEpochDay());
    Instant midnight = day.atStartOfDay(zone).toInstant();
    List<Touch> touches = touches(midnight, random);
    JourneyRules journeys = journeyRules(zone);
    SessionRules sessions = sessionRules(zone);
    EngineNights engine = new EngineNights(spark, sessions, List.of(journeys));
    Collection<Touch> before = List.of();
    for (Instant end : List.of(midnight, midnight.plus(Duration.ofDays(2)))) {
      List<Touch> now = touches.stream().filter(touch -> touch.at().isBefore(end)).toList();
      engine.night(now, news(now, before), end);
      before = now;
    }

    assertThat(lines(engine.sessions(), "session_id", "event_date"))
        .isEqualTo(
            PlainSessions.cut(touches).stream()
                .map(session -> "%s %s".formatted(id(session), day(session.get(0).at(), zone)))
                .sorted()
                .toList());
    assertThat(lines(engine.journeys(journeys), "journey_id", "ended_on"))
        .isEqualTo(
            PlainJourneys.ways(touches).stream()
                .flatMap(way -> PlainJourneys.cut(way, journeys).stream())
                .map(
                    journey ->
                        "%s %s"
                            .formatted(
                                Hash.of("journey|" + journey.first().id()), day(journey.end, zone)))
                .sorted()
                .toList());
    assertThat(
            lines(
                RecallSessions.recall(engine.dataset(touches), engine.sessions(), sessions),
                "touchpoint_id",
                "session_id"))
        .isEqualTo(
            PlainSessions.ids(touches).entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .sorted()
                .toList());
  }

  /** Within three hours of {@code midnight}, to the minute, some on the very border. */
  private static List<Touch> touches(Instant midnight, Random random) {
    List<Touch> touches = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS * TOUCHES; i++) {
      String type = random.nextInt(6) == 0 ? "purchase" : "page_view";
      Instant at = midnight.plus(Duration.ofMinutes(random.nextInt(360) - 180));
      touches.add(
          new Touch(
              "%04d".formatted(i),
              "c" + i % CUSTOMERS,
              "a",
              "web",
              type,
              null,
              random.nextInt(8) == 0 ? midnight.minus(random.nextInt(2), ChronoUnit.MICROS) : at,
              null,
              null,
              null,
              null,
              type.equals("purchase") ? BigDecimal.ONE : null));
    }
    return touches;
  }

  private static Map<String, Instant> news(Collection<Touch> now, Collection<Touch> before) {
    Map<String, Instant> news = new TreeMap<>();
    Set<Touch> known = Set.copyOf(before);
    now.stream()
        .filter(touch -> !known.contains(touch))
        .forEach(
            touch -> news.merge(touch.customer(), touch.at(), (a, b) -> a.isBefore(b) ? a : b));
    return news;
  }

  private static LocalDate day(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDate();
  }

  private static String id(List<Touch> session) {
    return Hash.of("timeout|" + session.get(0).id());
  }

  private static List<String> lines(Dataset<Row> rows, String... columns) {
    return rows
        .selectExpr("concat_ws(' ', %s)".formatted(String.join(", ", columns)))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static SessionRules sessionRules(ZoneId zone) {
    return new SessionRules(
        Map.of(),
        new ChannelRules(Cut.TIMEOUT, TIMEOUT, false),
        Set.of("page_view"),
        Set.of("purchase"),
        10,
        zone);
  }

  private static JourneyRules journeyRules(ZoneId zone) {
    return new JourneyRules(
        Duration.ofHours(1),
        Set.of("purchase"),
        StepUnit.SESSION,
        StepLabel.CHANNEL,
        Repeats.EXPOSURE,
        Set.of(),
        Set.of(),
        zone);
  }
}
