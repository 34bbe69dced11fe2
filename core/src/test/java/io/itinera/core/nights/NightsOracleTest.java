package io.itinera.core.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.journey.JourneyRules;
import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.session.SessionRules;
import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.testing.Seeds;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares sessions and journeys of nights in which touchpoints come, change and go with those of a
 * plain loop over what is there at last. Instants are coarse: nearly everything ties.
 */
@ExtendWith(SparkExtension.class)
class NightsOracleTest {

  /** More by {@code -Ditinera.tied-customers}. */
  private static final int CUSTOMERS = Integer.getInteger("itinera.tied-customers", 500);

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Instant> ENDS =
      IntStream.of(2, 40, 40, 90).mapToObj(day -> START.plus(Duration.ofDays(day))).toList();
  private static final String SESSION =
      "concat_ws('|', customer_id, session_id, channel, session_number, {started_at},"
          + " {ended_at}, duration_seconds, touchpoints_count, page_views,"
          + " coalesce(entry_location, 'null'), coalesce(exit_location, 'null'), orders_count,"
          + " revenue, engaged, end_reason, source)";
  private static final String JOURNEY =
      "concat_ws('|', customer_id, journey_id, journey_number, {started_at}, {ended_at}, outcome,"
          + " coalesce(conversion_touchpoint_id, 'null'), revenue, refunded, touchpoints_count,"
          + " sessions_count, array_join(channels, ','), array_join(zip_with(path, path_at, (s, a)"
          + " -> s || '@' || {a}), ','), coalesce(stage_reached, 'null'), had_contact_centre,"
          + " had_complaint, first_touchpoint_id, coalesce(string(first_sequence), 'null'))";

  private static final List<JourneyRules> JOURNEY_RULES =
      List.of(
          journeyRules(Repeats.EXPOSURE, StepUnit.SESSION),
          journeyRules(Repeats.UNIQUE, StepUnit.TOUCHPOINT),
          journeyRules(Repeats.FIRST, StepUnit.SESSION),
          journeyRules(Repeats.REMOVE_DIRECT, StepUnit.TOUCHPOINT));

  static LongStream seeds() {
    return Seeds.upTo(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nightsGiveWhatALoopOverAllTouchpointsGives(long seed, SparkSession spark) {
    Random random = new Random(seed);
    EngineNights engine = new EngineNights(spark, sessionRules(), JOURNEY_RULES);
    Map<String, Touch> known = new TreeMap<>();
    Map<String, Touch> before = Map.of();
    for (int night = 0; night < ENDS.size(); night++) {
      Instant end = ENDS.get(night);
      happen(known, night, random);
      Map<String, Touch> now = new TreeMap<>(known);
      now.values().removeIf(touch -> !touch.at().isBefore(end));

      engine.night(now.values(), changed(before, now), end);

      assertThat(texts(engine.sessions(), SESSION))
          .as("night %d", night)
          .isEqualTo(PlainSessions.lines(now.values(), end));
      for (JourneyRules rules : JOURNEY_RULES) {
        assertThat(texts(engine.journeys(rules), JOURNEY))
            .as("night %d, %s", night, rules)
            .isEqualTo(PlainJourneys.lines(now.values(), end, rules));
      }
      before = now;
    }
  }

  /** Some touchpoints come, some change, some go; most customers are left alone. */
  private static void happen(Map<String, Touch> known, int night, Random random) {
    for (int i = 0; i < CUSTOMERS; i++) {
      long unit = Touch.unit(new Random(i));
      if (night > 0 && random.nextInt(2) == 0) {
        continue;
      }
      String customer = "c" + i;
      int arrivals = random.nextInt(night == 0 ? 10 : 4);
      for (int k = 0; k < arrivals; k++) {
        String id = "%04x".formatted(random.nextInt(1 << 16)) + "-" + customer;
        known.put(id, Touch.random(id, customer, unit, random));
      }
      List<Touch> own = known.values().stream().filter(t -> t.customer().equals(customer)).toList();
      if (!own.isEmpty() && random.nextInt(3) == 0) {
        Touch old = own.get(random.nextInt(own.size()));
        known.put(old.id(), old.changed(random));
      }
      if (!own.isEmpty() && random.nextInt(3) == 0) {
        known.remove(own.get(random.nextInt(own.size())).id());
      }
    }
  }

  static Map<String, Instant> changed(Map<String, Touch> before, Map<String, Touch> now) {
    List<Touch> changes = new ArrayList<>();
    before.values().stream().filter(t -> !t.equals(now.get(t.id()))).forEach(changes::add);
    now.values().stream().filter(t -> !t.equals(before.get(t.id()))).forEach(changes::add);
    Map<String, Instant> changed = new TreeMap<>();
    changes.forEach(
        touch -> changed.merge(touch.customer(), touch.at(), (a, b) -> a.isBefore(b) ? a : b));
    return changed;
  }

  private static List<String> texts(Dataset<Row> rows, String shown) {
    String text = shown.replaceAll("\\{(\\w+)\\}", "date_format($1, \"yyyy-MM-dd'T'HH:mm:ss'Z'\")");
    return rows.selectExpr(text).collectAsList().stream()
        .map(row -> Objects.toString(row.get(0)))
        .sorted()
        .toList();
  }

  private static SessionRules sessionRules() {
    ChannelRules conversation = new ChannelRules(Cut.CONVERSATION, PlainSessions.TIMEOUT, true);
    return new SessionRules(
        Map.of("store", conversation, "call", conversation),
        new ChannelRules(Cut.TIMEOUT, PlainSessions.TIMEOUT, true),
        Set.of("page_view"),
        Set.of("purchase"),
        10,
        ZoneId.of("UTC"));
  }

  private static JourneyRules journeyRules(Repeats repeats, StepUnit unit) {
    return new JourneyRules(
        Duration.ofDays(30),
        Set.of("purchase"),
        unit,
        StepLabel.CHANNEL,
        repeats,
        Set.of("call", "chat"),
        Set.of("complaint"),
        ZoneId.of("UTC"));
  }
}
