package io.itinera.core.session;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.session.SessionRules.ChannelRules;
import io.itinera.core.session.SessionRules.Cut;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SessionizeTest {

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final SessionRules RULES =
      new SessionRules(
          Map.of("store", new ChannelRules(Cut.CONVERSATION, HALF_HOUR, true)),
          new ChannelRules(Cut.TIMEOUT, HALF_HOUR, true),
          Set.of("page_view"),
          Set.of("purchase"),
          10,
          ZoneId.of("Europe/Berlin"));
  private static final Instant END = Instant.parse("2024-05-01T22:00:00Z");

  @Test
  void silenceOfExactlyTheTimeoutDoesNotEndSession(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | type      | occurred_at         | sequence
            e1            | ann         | web     | page_view | 2024-05-01 10:00:00 | 1
            e2            | ann         | web     | page_view | 2024-05-01 10:30:00 | 2
            e3            | ann         | web     | page_view | 2024-05-01 11:00:01 | 3
            e4            | bob         | web     | page_view | 2024-05-01 10:00:00 | 1
            """),
        """
        customer_id | session_number | started_at          | ended_at            | touchpoints_count | page_views | bounced | engaged | end_reason
        ann         | 1              | 2024-05-01 10:00:00 | 2024-05-01 10:30:00 | 2                 | 2          | false   | true    | timeout
        ann         | 2              | 2024-05-01 11:00:01 | 2024-05-01 11:00:01 | 1                 | 1          | true    | false   | timeout
        bob         | 1              | 2024-05-01 10:00:00 | 2024-05-01 10:00:00 | 1                 | 1          | true    | false   | timeout
        """);
  }

  @Test
  void sessionLastsAsManyWholeSecondsAsItDid(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | type      | occurred_at             | duration_seconds
            e1            | ann         | web     | search    | 2024-05-01 10:00:00.900 |
            e2            | ann         | web     | search    | 2024-05-01 10:00:10.100 |
            e3            | bob         | web     | search    | 2024-05-01 10:00:00.900 |
            e4            | bob         | web     | search    | 2024-05-01 10:00:10.900 |
            e5            | cid         | web     | search    | 2024-05-01 10:00:00.900 | 10
            """),
        """
        customer_id | duration_seconds | engaged
        ann         | 9                | false
        bob         | 10               | true
        cid         | 10               | true
        """);
  }

  @Test
  void eachChannelHasItsOwnSessions(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | type      | occurred_at         | sequence
            e1            | ann         | web     | page_view | 2024-05-01 10:00:00 | 1
            e2            | ann         | app     | page_view | 2024-05-01 10:01:00 | 1
            e3            | ann         | web     | page_view | 2024-05-01 10:02:00 | 2
            """),
        """
        channel | session_number | touchpoints_count
        web     | 1              | 2
        app     | 2              | 1
        """);
  }

  @Test
  void vendorsSessionWinsOverSilence(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | source | source_session | type      | occurred_at         | sequence
            e1            | ann         | web     | ga     | s1             | page_view | 2024-05-01 08:00:00 | 1
            e2            | ann         | web     | ga     | s2             | page_view | 2024-05-01 08:01:00 | 1
            e3            | ann         | web     | ga     | s1             | page_view | 2024-05-01 12:00:00 | 1
            """),
        """
        definition    | started_at          | ended_at            | end_reason
        session|ga|s1 | 2024-05-01 08:00:00 | 2024-05-01 12:00:00 | source-session
        session|ga|s2 | 2024-05-01 08:01:00 | 2024-05-01 08:01:00 | source-session
        """
            .replace("session|ga|", "session/ga/"));
  }

  @Test
  void receiptIsOneSessionWithItsRevenue(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | source | order_id | type     | occurred_at         | sequence | value
            e1            | ann         | store   | till   | r1       | purchase | 2024-05-01 10:00:00 | 1        | 10.50
            e2            | ann         | store   | till   | r1       | purchase | 2024-05-01 10:00:00 | 2        | 2.00
            e3            | ann         | store   | till   | r2       | purchase | 2024-05-01 10:05:00 | 3        | 1.00
            """),
        """
        session_number | touchpoints_count | converted | orders_count | revenue
        1              | 2                 | true      | 1            | 12.5000
        2              | 1                 | true      | 1            | 1.0000
        """);
  }

  @Test
  void ordersOfTwoSourcesAreTwoEvenIfTheyHaveOneNumber(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | source | order_id | type     | occurred_at         | sequence | value
            e1            | ann         | web     | shop   | 1        | purchase | 2024-05-01 10:00:00 | 1        | 10.50
            e2            | ann         | web     | shop   | 1        | purchase | 2024-05-01 10:01:00 | 2        | 2.00
            e3            | ann         | web     | outlet | 1        | purchase | 2024-05-01 10:05:00 | 3        | 1.00
            """),
        """
        session_number | touchpoints_count | orders_count | revenue
        1              | 3                 | 2            | 13.5000
        """);
  }

  @Test
  void sessionIsOpenUntilItsTimeoutIsOver(SparkSession spark) {
    assertRows(
        sessions(
            spark,
            """
            touchpoint_id | customer_id | channel | type      | occurred_at         | sequence
            e1            | ann         | web     | page_view | 2024-05-01 21:30:00 | 1
            e2            | bob         | web     | page_view | 2024-05-01 21:29:59 | 1
            """),
        """
        customer_id | end_reason | event_date
        ann         | open       | 2024-05-01
        bob         | timeout    | 2024-05-01
        """);
  }

  @Test
  void numbersGoOnBehindEarlierSessions(SparkSession spark) {
    Dataset<Row> assigned =
        Sessionize.assign(
            wholeRows(
                spark,
                OwnedTouchpoints.VIEW,
                """
                touchpoint_id | customer_id | channel | type      | occurred_at         | sequence
                e1            | ann         | web     | page_view | 2024-05-01 10:00:00 | 1
                """),
            RULES);
    Dataset<Row> earlier = spark.sql("SELECT 'ann' AS customer_id, 7L AS earlier_sessions");

    assertRows(
        Summarize.sessions(assigned, earlier, END, RULES),
        """
        customer_id | session_number
        ann         | 8
        """);
  }

  private static Dataset<Row> sessions(SparkSession spark, String touchpoints) {
    Dataset<Row> assigned =
        Sessionize.assign(wholeRows(spark, OwnedTouchpoints.VIEW, touchpoints), RULES);
    Dataset<Row> nobody = spark.sql("SELECT 'x' AS customer_id, 0L AS earlier_sessions").limit(0);
    return Summarize.sessions(assigned, nobody, END, RULES)
        .withColumn(
            Sessions.DEFINITION,
            org.apache.spark.sql.functions.replace(col(Sessions.DEFINITION), lit("|"), lit("/")));
  }
}
