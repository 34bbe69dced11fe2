package io.itinera.core.kpi;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.kpi.KpiRules.Goal;
import io.itinera.core.kpi.KpiRules.Service;
import io.itinera.core.rule.BusinessHours;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MeasureTouchpointsTest {

  private static final KpiRules RULES =
      new KpiRules(
          "regexp_extract(location, '^(/[^/]*)', 1)",
          "type <> 'view'",
          new Service(
              "properties['queue_seconds']",
              "properties['hold_seconds']",
              "properties['handle_seconds']",
              "properties['reopens'] = '0'",
              "properties['reopens'] > '0'",
              "properties['reply']",
              "properties['reply_business']"),
          List.of(
              new Goal(
                  Set.of("web"),
                  Set.of("view"),
                  "sell",
                  "share of sessions that order",
                  "try_divide(converted_sessions_count, sessions_count)",
                  0.5),
              new Goal(Set.of(), Set.of("view"), "be seen", "views", "touchpoints_count", 9)),
          Set.of("purchase"),
          new BusinessHours(Set.of(DayOfWeek.MONDAY), 0, 86_400, Set.of(), ZoneOffset.UTC));

  @Test
  void whatFollowsIsOfTheSameSessionAndDay(SparkSession spark) {
    assertRows(
        kpis(
            spark,
            """
            touchpoint_id | customer_id | event_date | channel | type     | stage | occurred_at         | sequence | session_id | location | value | order_id | duration_seconds
            e1            | ann         | 2024-05-01 | web     | view     | a     | 2024-05-01 10:00:00 | 1        | s1         | /p/1     |       |          |
            e2            | ann         | 2024-05-01 | web     | view     | a     | 2024-05-01 10:00:30 | 1        | s1         | /p/2     |       |          | 40
            e3            | ann         | 2024-05-01 | web     | purchase | c     | 2024-05-01 10:02:00 | 1        | s1         | /buy     | 5.00  | o1       |
            e4            | ann         | 2024-05-01 | web     | purchase | c     | 2024-05-01 10:02:00 | 2        | s1         | /buy     | 7.00  | o1       |
            e5            | ann         | 2024-05-01 | web     | view     | a     | 2024-05-01 10:03:00 | 1        | s1         | /p/3     |       |          |
            e6            | bob         | 2024-05-01 | web     | view     | b     | 2024-05-01 23:59:00 | 1        | s2         | /p       |       |          |
            e7            | bob         | 2024-05-02 | web     | view     | b     | 2024-05-02 00:01:00 | 1        | s2         |          |       |          |
            e8            |             | 2024-05-02 | web     | view     | b     | 2024-05-02 00:02:00 | 1        |            |          |       |          |
            e9            | bob         | 2024-05-02 | app     | view     | b     | 2024-05-02 00:03:00 | 1        | s3         |          |       |          |
            """),
        """
        event_date | channel | type     | location_group | stage | touchpoints_count | customers_count | sessions_count | converted_sessions_count | exits_count | next_step    | median_time_spent_seconds | conversions_count | revenue | goal    | kpi_target | kpi_value
        2024-05-01 | web     | view     | /p             | a     | 4                 | 2               | 2              | 1                        | 2           | web:purchase | 35.0                      | 0                 | 0.0000  | sell    | 0.5        | 0.5
        2024-05-01 | web     | purchase | /buy           | c     | 2                 | 1               | 1              | 1                        | 0           | web:purchase | 30.0                      | 1                 | 12.0000 |         |            |
        2024-05-02 | web     | view     | (none)         | b     | 2                 | 1               | 1              | 0                        | 1           |              |                           | 0                 | 0.0000  | sell    | 0.5        | 0.0
        2024-05-02 | app     | view     | (none)         | b     | 1                 | 1               | 1              | 0                        | 1           |              |                           | 0                 | 0.0000  | be seen | 9.0        | 1.0
        """);
  }

  @Test
  void orderOverMidnightIsOfTheDayOfItsFirstLine(SparkSession spark) {
    assertRows(
        kpis(
                spark,
                """
                touchpoint_id | customer_id | event_date | source | channel | type     | occurred_at                | sequence | session_id | value | order_id
                1             | ann         | 2024-05-01 | till   | store   | purchase | 2024-05-01 23:30:00        | 1        | s1         | 5.00  | 17
                2             | ann         | 2024-05-02 | till   | store   | purchase | 2024-05-02 00:10:00        | 1        | s1         | 5.00  | 17
                3             | ann         | 2024-05-02 | till   | store   | purchase | 2024-05-02 02:30:00        | 1        | s1         | 5.00  | 17
                4             | ann         | 2024-05-02 | till   | store   | purchase | 2024-05-02 23:59:00        | 1        | s2         | 5.00  | 18
                5             | ann         | 2024-05-03 | till   | store   | purchase | 2024-05-03 02:59:00.000001 | 1        | s3         | 5.00  | 18
                6             | bob         | 2024-05-03 | shop   | store   | purchase | 2024-05-03 00:00:00        | 1        | s4         | 5.00  | 18
                """)
            .select("event_date", "touchpoints_count", "conversions_count", "revenue"),
        """
        event_date | touchpoints_count | conversions_count | revenue
        2024-05-01 | 1                 | 1                 | 5.0000
        2024-05-02 | 3                 | 1                 | 15.0000
        2024-05-03 | 2                 | 2                 | 10.0000
        """);
  }

  @Test
  void actionsAreWhatACustomerDoesBeforeTheNextView(SparkSession spark) {
    assertRows(
        kpis(
                spark,
                """
                touchpoint_id | customer_id | event_date | channel | type   | occurred_at         | sequence | session_id | location
                1             | ann         | 2024-05-01 | web     | view   | 2024-05-01 10:00:00 | 1        | s1         | /shop/1
                2             | ann         | 2024-05-01 | web     | search | 2024-05-01 10:00:01 | 1        | s1         | /shop/1
                3             | ann         | 2024-05-01 | web     | click  | 2024-05-01 10:00:02 | 1        | s1         | /shop/1
                4             | ann         | 2024-05-01 | app     | click  | 2024-05-01 10:00:03 | 1        | s2         | /app
                5             | ann         | 2024-05-01 | web     | view   | 2024-05-01 10:00:04 | 1        | s1         | /help
                6             | ann         | 2024-05-01 | web     | view   | 2024-05-01 23:59:59 | 1        | s1         | /shop/2
                7             | ann         | 2024-05-02 | web     | click  | 2024-05-02 00:00:00 | 1        | s1         | /shop/2
                8             |             | 2024-05-02 | web     | view   | 2024-05-02 00:01:00 | 1        |            | /shop/2
                9             |             | 2024-05-02 | web     | click  | 2024-05-02 00:01:01 | 1        |            | /shop/2
                """)
            .select(
                "event_date",
                "channel",
                "type",
                "location_group",
                "touchpoints_count",
                "actions_count"),
        """
        event_date | channel | type   | location_group | touchpoints_count | actions_count
        2024-05-01 | web     | view   | /shop          | 2                 | 2
        2024-05-01 | web     | search | /shop          | 1                 | 1
        2024-05-01 | web     | click  | /shop          | 1                 | 0
        2024-05-01 | app     | click  | /app           | 1                 | 0
        2024-05-01 | web     | view   | /help          | 1                 | 0
        2024-05-02 | web     | click  | /shop          | 2                 | 0
        2024-05-02 | web     | view   | /shop          | 1                 | 0
        """);
  }

  @Test
  void serviceIsMeasuredWhereASourceTells(SparkSession spark) {
    Dataset<Row> calls =
        touchpoints(
                spark,
                """
                touchpoint_id | customer_id | event_date | channel | type | occurred_at         | sequence | session_id
                1             | ann         | 2024-05-01 | call    | call | 2024-05-01 10:00:00 | 1        | s1
                2             | ann         | 2024-05-01 | call    | call | 2024-05-01 11:00:00 | 1        | s2
                3             | bob         | 2024-05-01 | call    | call | 2024-05-01 12:00:00 | 1        | s3
                4             | bob         | 2024-05-01 | call    | call | 2024-05-01 13:00:00 | 1        | s4
                """)
            .withColumn(
                "properties",
                expr(
                    "CASE touchpoint_id"
                        + " WHEN '1' THEN map('queue_seconds', '10', 'hold_seconds', 'no number',"
                        + " 'reopens', '0', 'reply', '90', 'reply_business', '30')"
                        + " WHEN '2' THEN map('queue_seconds', '20', 'reopens', '2')"
                        + " WHEN '3' THEN map('queue_seconds', '70', 'reopens', '0',"
                        + " 'handle_seconds', '300.5') END"));

    assertRows(
        JudgeGoals.kpis(MeasureTouchpoints.measures(calls, calls, RULES), RULES)
            .selectExpr(
                "median_queue_seconds",
                "median_hold_seconds",
                "median_handle_seconds",
                "round(first_contact_resolution, 3) AS solved",
                "round(reopened_share, 3) AS reopened",
                "median_reply_minutes",
                "median_reply_business_minutes"),
        """
        median_queue_seconds | median_hold_seconds | median_handle_seconds | solved | reopened | median_reply_minutes | median_reply_business_minutes
        20.0                 |                     | 300.5                 | 0.667  | 0.333    | 90.0                 | 30.0
        """);
  }

  private static Dataset<Row> kpis(SparkSession spark, String text) {
    Dataset<Row> touchpoints = touchpoints(spark, text);
    Dataset<Row> kpis =
        JudgeGoals.kpis(MeasureTouchpoints.measures(touchpoints, touchpoints, RULES), RULES);
    Dataset<Row> recounted =
        CountCustomers.recounted(kpis, touchpoints.where("customer_id IS NOT NULL"), RULES);
    assertThat(JudgeGoals.kpis(recounted, RULES).collectAsList())
        .containsExactlyInAnyOrderElementsOf(kpis.collectAsList());
    return kpis;
  }

  private static Dataset<Row> touchpoints(SparkSession spark, String text) {
    return wholeRows(spark, OwnedTouchpoints.VIEW, text);
  }
}
