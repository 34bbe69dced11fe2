package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.core.trail.CountFunnels.Until;
import io.itinera.core.trail.FunnelRules.Order;
import io.itinera.core.trail.FunnelRules.Step;
import io.itinera.testing.SparkExtension;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Customers whose checkout is slow on an old phone leave, and so do those who complain behind an
 * order; neither country, weekday, other devices nor other calls are to blame.
 */
@ExtendWith(SparkExtension.class)
class CountFunnelsTest {

  private static final StructType TOUCHES =
      new StructType()
          .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
          .add(Touchpoints.TOUCHPOINT_ID, DataTypes.StringType)
          .add(Touchpoints.OCCURRED_AT, DataTypes.TimestampType)
          .add(Touchpoints.SEQUENCE, DataTypes.LongType)
          .add(Touchpoints.CHANNEL, DataTypes.StringType)
          .add(Touchpoints.TYPE, DataTypes.StringType)
          .add(Touchpoints.LOCATION, DataTypes.StringType)
          .add(Touchpoints.DEVICE, DataTypes.StringType)
          .add(Touchpoints.COUNTRY, DataTypes.StringType)
          .add(Touchpoints.DURATION_SECONDS, DataTypes.LongType)
          .add(Touchpoints.SOURCE, DataTypes.StringType)
          .add(Touchpoints.ORDER_ID, DataTypes.StringType)
          .add(Touchpoints.VALUE, ColumnTypes.MONEY)
          .add(Touchpoints.REPEATS_TOUCHPOINT_ID, DataTypes.StringType)
          .add(Touchpoints.EVENT_DATE, DataTypes.DateType);

  private static final TrailRules RULES =
      new TrailRules(
          List.of(funnel("checkout", "checkout", "purchase"), funnel("again", "purchase", "visit")),
          365,
          Map.of(
              "device", "device",
              "country", "country",
              "slow", "duration_seconds > 60",
              "weekday", "weekday(occurred_at)"),
          0.1,
          0.01,
          10,
          ZoneOffset.UTC);

  private static final Until UNTIL =
      new Until(LocalDate.of(2026, 3, 31), Instant.parse("2026-04-01T00:00:00Z"));

  private static FunnelRules funnel(String name, String first, String second) {
    return funnel(name, step(first), step(second));
  }

  private static FunnelRules funnel(String name, Step... steps) {
    return new FunnelRules(name, List.of(steps), Duration.ofDays(14), Order.ORDERED, List.of());
  }

  private static Step step(String type) {
    return Step.of(type, "type = '" + type + "'");
  }

  private final List<Row> touches = new ArrayList<>();
  private final Random random = new Random(9);
  private Instant now;
  private String customer;

  private void touch(String channel, String type, String device, String country, long seconds) {
    now = now.plusSeconds(3_600L * random.nextInt(1, 40));
    String id = "t%06d".formatted(touches.size());
    Timestamp at = Timestamp.from(now);
    touches.add(
        RowFactory.create(
            customer, id, at, 1L, channel, type, null, device, country, seconds, null, null, null,
            null, null));
  }

  private boolean by(double chance) {
    return random.nextDouble() < chance;
  }

  private void live(int number) {
    customer = "c" + number;
    now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3_600L * random.nextInt(200));
    String device = List.of("old phone", "phone", "desktop").get(random.nextInt(3));
    String country = List.of("DE", "AT", "FR").get(random.nextInt(3));
    long seconds = random.nextLong(1, 120);
    touch("web", "checkout", device, country, seconds);
    if (by(seconds > 60 && device.equals("old phone") ? 0.3 : 0.8)) {
      touch("web", "purchase", device, country, 1);
      boolean complains = by(0.2);
      if (complains) {
        touch("call", "complaint", null, country, 1);
      }
      if (by(0.3)) {
        touch("call", "question", null, country, 1);
      }
      if (by(complains ? 0.2 : 0.7)) {
        touch("web", "visit", device, country, 1);
      }
    }
  }

  private List<Row> causes(SparkSession spark, int partitions) {
    touches.clear();
    random.setSeed(9);
    for (int i = 0; i < 4_000; i++) {
      live(i);
    }
    return report(spark, partitions, RULES).causes();
  }

  private FunnelReport report(SparkSession spark, int partitions, TrailRules rules) {
    Dataset<Row> segments =
        spark.createDataFrame(
            List.of(),
            new StructType()
                .add(OwnedTouchpoints.CUSTOMER_ID, DataTypes.StringType)
                .add(CountFunnels.SEGMENT_TYPE, DataTypes.StringType)
                .add(CountFunnels.SEGMENT_VALUE, DataTypes.StringType));
    return CountFunnels.report(
        spark.createDataFrame(touches, TOUCHES).repartition(partitions), segments, UNTIL, rules);
  }

  private void walk(String who, String... types) {
    customer = who;
    now = Instant.parse("2026-01-01T00:00:00Z");
    for (String type : types) {
      touch(type.equals("call") ? "call" : "web", type, null, null, 1);
    }
  }

  @Test
  void customersWhoAreFollowedAreThoseWhoAreCounted(SparkSession spark) {
    touches.clear();
    random.setSeed(9);
    for (int i = 0; i < 300; i++) {
      live(i);
    }
    for (FunnelRules funnel : RULES.funnels()) {
      List<Row> taken =
          FollowFunnel.taken(spark.createDataFrame(touches, TOUCHES), funnel, UNTIL)
              .collectAsList();
      for (Row counted : report(spark, 2, RULES).funnels()) {
        if (counted.getString(1).equals(funnel.name()) && counted.getString(2).equals("all")) {
          List<Row> there =
              taken.stream().filter(row -> row.getLong(1) == counted.getLong(4)).toList();
          List<Row> stopped = there.stream().filter(row -> !row.getBoolean(2)).toList();
          boolean isLast = counted.getLong(4) == funnel.steps().size();

          assertThat(there.stream().map(row -> row.getString(0)).distinct())
              .hasSize((int) counted.getLong(6));
          assertThat(there.size() - stopped.size()).isEqualTo((int) counted.getLong(7));
          assertThat(stopped.stream().filter(row -> row.getString(3).equals("dropped")))
              .hasSize(isLast ? 0 : (int) counted.getLong(8));
          assertThat(stopped.stream().filter(row -> row.getString(3).equals("open")))
              .hasSize(isLast ? 0 : (int) counted.getLong(9));
        }
      }
    }
  }

  @Test
  void patternTakesAStepWhereItsMatchEnds(SparkSession spark) {
    touches.clear();
    walk("ann", "visit", "call", "call", "purchase");
    walk("bob", "visit", "call", "visit", "call", "purchase");
    walk("cid", "visit", "call", "call");
    walk("dan", "purchase", "call", "call");
    FunnelRules funnel =
        funnel(
            "helped",
            step("visit"),
            new Step(
                "twice", List.of(), List.of(TouchPattern.parse("call -> call")), List.of(), false),
            step("purchase"));
    TrailRules rules =
        new TrailRules(List.of(funnel), 365, Map.of(), 0.1, 0.01, 10, ZoneOffset.UTC);

    assertThat(report(spark, 2, rules).funnels())
        .filteredOn(row -> row.getString(2).equals("all"))
        .extracting(row -> row.getString(5) + " " + row.getLong(6))
        .containsExactly("visit 3", "twice 2", "purchase 1");
  }

  /** The window is 14 days, and nothing is known from 1 April on. */
  @Test
  void ratesAreOfThoseWhoseWindowIsOver(SparkSession spark) {
    touches.clear();
    // Exactly at the border: the purchase may still come at midnight, so these are open.
    at("open", "2026-03-18T00:00:00Z", "checkout");
    at("quick", "2026-03-18T00:00:00Z", "checkout");
    at("quick", "2026-03-18T00:00:01Z", "purchase");
    TrailRules rules =
        new TrailRules(
            List.of(funnel("checkout", step("checkout"), step("purchase"))),
            365,
            Map.of(),
            0.1,
            0.01,
            10,
            ZoneOffset.UTC);
    assertThat(rates(spark, rules, "all"))
        .containsExactly("(all) checkout 2 null null", "(all) purchase 1 null null");

    // A microsecond earlier they have dropped, or not.
    at("left", "2026-03-17T23:59:59.999999Z", "checkout");
    at("bought", "2026-02-10T00:00:00Z", "checkout");
    at("bought", "2026-02-11T00:00:00Z", "purchase");
    assertThat(rates(spark, rules, "all"))
        .containsExactly("(all) checkout 4 null 1.0", "(all) purchase 2 0.5 0.5");
    assertThat(rates(spark, rules, "entry_month"))
        .containsExactly(
            "2026-02 checkout 1 null 1.0",
            "2026-02 purchase 1 1.0 1.0",
            "2026-03 checkout 3 null 1.0",
            "2026-03 purchase 1 0.0 0.0");
  }

  /** As {@code itinera paths compare} reads them: a figure of the one is that of the other. */
  @Test
  void ratesAreTheSharesOfTheJudgedWhoWentOn(SparkSession spark) {
    touches.clear();
    random.setSeed(9);
    for (int i = 0; i < 300; i++) {
      live(i);
    }
    at("quick", "2026-03-30T00:00:00Z", "checkout");
    at("quick", "2026-03-30T00:00:01Z", "purchase");
    FunnelReport report = report(spark, 2, RULES);
    List<Row> funnels = report.funnels();
    List<Row> judged = report.judged();

    assertThat(judged).hasSameSizeAs(funnels);
    for (int i = 0; i < judged.size(); i += 2) {
      long all = judged.get(i).getLong(6);
      long on = judged.get(i).getLong(7);
      assertThat(judged.get(i).getLong(8)).isEqualTo(all - on);
      assertThat(all).isLessThanOrEqualTo(funnels.get(i).getLong(6));
      assertThat(judged.get(i + 1).getLong(6)).isEqualTo(on);
      assertThat(funnels.get(i + 1).get(10)).isEqualTo(all == 0 ? null : (double) on / all);
    }
    assertThat(judged.get(0).getLong(6)).isEqualTo(funnels.get(0).getLong(6) - 1);
  }

  private void at(String who, String instant, String type) {
    customer = who;
    now = Instant.EPOCH;
    touch("web", type, null, null, 1);
    Object[] cells = ((GenericRow) touches.remove(touches.size() - 1)).values().clone();
    cells[2] = Timestamp.from(Instant.parse(instant));
    touches.add(RowFactory.create(cells));
  }

  private List<String> rates(SparkSession spark, TrailRules rules, String type) {
    return report(spark, 2, rules).funnels().stream()
        .filter(row -> row.getString(2).equals(type))
        .map(
            row ->
                "%s %s %d %s %s"
                    .formatted(row.get(3), row.get(5), row.getLong(6), row.get(10), row.get(11)))
        .toList();
  }

  @Test
  void plantedCausesComeOutOnTopAndNothingElseDoes(SparkSession spark) {
    List<Row> causes = causes(spark, 3);

    assertThat(causes)
        .extracting(row -> row.getString(1) + ": " + row.getString(3))
        .containsExactly(
            "checkout: device = old phone and slow = true", "again: then call:complaint");
    assertThat(causes.get(0).getDouble(8)).isEqualTo(0.7, within(0.05));
    assertThat(causes.get(1).getDouble(8)).isEqualTo(0.8, within(0.05));
    assertThat(causes(spark, 1)).isEqualTo(causes);
  }
}
