package io.itinera.core.customer;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.rule.OrderClasses;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TraceStagesTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String HEAD =
      "touchpoint_id | customer_id | event_date | occurred_at | type | stage | order_id |"
          + " rating_scale | rating\n";

  @Test
  void eachTouchpointThatGoesFurtherEntersAStageWithinADay(SparkSession spark) {
    assertRows(
        stages(
            spark,
            UTC,
            10,
            "2024-05-20",
            """
            e1 | ann | 2024-05-01 | 2024-05-01 10:00:00 | page_view | awareness     | | |
            e2 | ann | 2024-05-01 | 2024-05-01 10:05:00 | search    | consideration | | |
            e3 | ann | 2024-05-01 | 2024-05-01 10:10:00 | page_view | awareness     | | |
            e4 | ann | 2024-05-01 | 2024-05-01 10:20:00 | purchase  | conversion    | | |
            e5 | ann | 2024-05-04 | 2024-05-04 09:00:00 | search    | consideration | | |
            """),
        """
        stage         | entered_at          | left_at             | runs_until
        awareness     | 2024-05-01 10:00:00 | 2024-05-01 10:05:00 |
        consideration | 2024-05-01 10:05:00 | 2024-05-01 10:20:00 |
        conversion    | 2024-05-01 10:20:00 | 2024-05-11 00:00:00 |
        consideration | 2024-05-11 00:00:00 | 2024-05-14 00:00:00 |
        """);
  }

  @Test
  void stageLastsAsLongAsItIsReachedAgainWithinTheWindow(SparkSession spark) {
    String again =
        """
        e1 | ann | 2024-05-01 | 2024-05-01 10:00:00 | search | consideration | | |
        e2 | ann | 2024-05-10 | 2024-05-10 23:00:00 | search | consideration | | |
        """;
    String late =
        """
        e1 | ann | 2024-05-01 | 2024-05-01 10:00:00 | search | consideration | | |
        e2 | ann | 2024-05-11 | 2024-05-11 00:00:01 | search | consideration | | |
        """;
    assertRows(
        stages(spark, UTC, 10, "2024-05-12", again),
        """
        stage         | entered_at          | left_at | runs_until
        consideration | 2024-05-01 10:00:00 |         | 2024-05-20 00:00:00
        """);
    assertRows(
        stages(spark, UTC, 10, "2024-05-12", late),
        """
        stage         | entered_at          | left_at             | runs_until
        consideration | 2024-05-01 10:00:00 | 2024-05-11 00:00:00 |
        consideration | 2024-05-11 00:00:01 |                     | 2024-05-21 00:00:00
        """);
  }

  @Test
  void secondOrderIsRetentionAndPromoterIsAdvocacy(SparkSession spark) {
    assertRows(
        stages(
            spark,
            UTC,
            365,
            "2024-05-20",
            """
            e1 | ann | 2024-05-01 | 2024-05-01 10:00:00 | purchase | conversion | o1 |     |
            e2 | ann | 2024-05-01 | 2024-05-01 10:00:01 | purchase | conversion | o1 |     |
            e3 | ann | 2024-05-03 | 2024-05-03 10:00:00 | purchase | conversion | o2 |     |
            e4 | ann | 2024-05-04 | 2024-05-04 10:00:00 | answer   |            |    | nps | 9
            e5 | bob | 2024-05-01 | 2024-05-01 10:00:00 | purchase | conversion | o3 |     |
            e6 | bob | 2024-05-01 | 2024-05-01 11:00:00 | purchase | conversion | o4 |     |
            e7 | bob | 2024-05-01 | 2024-05-01 12:00:00 | answer   |            |    | nps | 8
            """),
        """
        customer_id | stage      | entered_at          | left_at
        ann         | conversion | 2024-05-01 10:00:00 | 2024-05-03 10:00:00
        ann         | retention  | 2024-05-03 10:00:00 | 2024-05-04 10:00:00
        ann         | advocacy   | 2024-05-04 10:00:00 |
        bob         | conversion | 2024-05-01 10:00:00 | 2024-05-01 11:00:00
        bob         | retention  | 2024-05-01 11:00:00 |
        """);
  }

  @Test
  void stageEndsAtMidnightOfTheZoneAndCountsOnTheWholeLastDay(SparkSession spark) {
    String visit = "e1 | ann | 2024-03-30 | 2024-03-30 10:00:00 | search | consideration | | |\n";

    assertRows(
        stages(spark, BERLIN, 2, "2024-03-31", visit),
        """
        entered_at          | left_at | runs_until
        2024-03-30 10:00:00 |         | 2024-03-31 22:00:00
        """);
    assertRows(
        stages(spark, BERLIN, 2, "2024-04-01", visit),
        """
        entered_at          | left_at             | runs_until
        2024-03-30 10:00:00 | 2024-03-31 22:00:00 |
        """);
  }

  @Test
  void historyIsWhatEveryNightShowed(SparkSession spark) {
    Random random = new Random(1);
    String touchpoints = randomTouchpoints(random);
    LocalDate last = LocalDate.of(2024, 3, 12);
    Dataset<Row> history = stages(spark, BERLIN, 7, last.toString(), touchpoints).cache();
    for (LocalDate day = LocalDate.of(2024, 2, 27); !day.isAfter(last); day = day.plusDays(3)) {
      Dataset<Row> days =
          days(spark, touchpoints).where(col("event_date").leq(lit(day.toString())));
      Instant end = day.plusDays(1).atStartOfDay(BERLIN).toInstant();
      String then = "timestamp'%s'".formatted(end);
      assertThat(
              stageOf(
                  history
                      .where("entered_at < " + then)
                      .where("coalesce(left_at >= " + then + ", true)")))
          .as(day.toString())
          .isEqualTo(shown(days, day));
    }
  }

  /** What cards show. */
  private static Map<String, String> shown(Dataset<Row> days, LocalDate asOf) {
    Dataset<Row> totals = SumTotals.totals(days).cache();
    Dataset<Row> cards = totals;
    for (var field : Customers.TABLE.schema().fields()) {
      if (!java.util.List.of(totals.columns()).contains(field.name())) {
        cards = cards.withColumn(field.name(), lit(null).cast(field.dataType()));
      }
    }
    return stageOf(
        Classify.cards(
            Customers.TABLE.conform(cards),
            CustomerTotals.TABLE.conform(totals),
            asOf,
            rules(BERLIN, 7)));
  }

  private static Map<String, String> stageOf(Dataset<Row> rows) {
    Map<String, String> stages = new TreeMap<>();
    rows.where("stage IS NOT NULL")
        .select("customer_id", "stage")
        .collectAsList()
        .forEach(row -> assertThat(stages.put(row.getString(0), row.getString(1))).isNull());
    return stages;
  }

  private static String randomTouchpoints(Random random) {
    String[] stages = {"awareness", "consideration", "conversion", "retention", "advocacy", ""};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      int customer = random.nextInt(60);
      LocalDate day = LocalDate.of(2024, 2, 27).plusDays(random.nextInt(15));
      boolean isOrder = random.nextInt(4) == 0;
      text.append(
          String.format(
              Locale.ROOT,
              "e%d | c%d | %s | %s %02d:00:00 | %s | %s | %s | %s | %s%n",
              i,
              customer,
              day,
              day,
              random.nextInt(20),
              isOrder ? "purchase" : "visit",
              stages[random.nextInt(stages.length)],
              random.nextBoolean() ? "o" + random.nextInt(3) : "",
              random.nextInt(6) == 0 ? "nps" : "",
              5 + random.nextInt(6)));
    }
    return text.toString();
  }

  private static Dataset<Row> days(SparkSession spark, String touchpoints) {
    return SumDays.days(wholeRows(spark, OwnedTouchpoints.VIEW, HEAD + touchpoints), rules(UTC, 1));
  }

  private static Dataset<Row> stages(
      SparkSession spark, ZoneId zone, int window, String asOf, String touchpoints) {
    Instant end = LocalDate.parse(asOf).plusDays(1).atStartOfDay(zone).toInstant();
    return TraceStages.stages(days(spark, touchpoints), end, rules(zone, window));
  }

  private static CustomerRules rules(ZoneId zone, int window) {
    return new CustomerRules(
        new OrderClasses(90, 365, 3, 6, 0.05),
        window,
        Set.of("purchase"),
        Set.of("page_view"),
        Set.of("user_id"),
        zone);
  }
}
