package io.itinera.core.session;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

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
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RecallSessionsTest {

  private static final SessionRules RULES =
      new SessionRules(
          Map.of("call", new ChannelRules(Cut.CONVERSATION, Duration.ofMinutes(30), true)),
          new ChannelRules(Cut.TIMEOUT, Duration.ofMinutes(30), false),
          Set.of(),
          Set.of("purchase"),
          10,
          ZoneId.of("Europe/Berlin"));

  /** Two visits, one of them over midnight in Berlin, and a call that goes on for days. */
  private static final String TOUCHPOINTS =
      """
      touchpoint_id | customer_id | channel | source | source_session | occurred_at         | sequence
      a             | ann         | web     | s      |                | 2024-05-01 21:50:00 | 1
      b             | ann         | web     | s      |                | 2024-05-01 22:10:00 | 1
      c             | ann         | web     | s      |                | 2024-05-01 22:40:01 | 1
      d             | ann         | call    | s      | k              | 2024-05-01 22:10:00 | 1
      e             | ann         | call    | s      | k              | 2024-05-03 22:10:00 | 1
      f             | ann         | call    | s      | l              | 2024-05-02 22:10:00 | 1
      g             | bob         | web     | s      |                | 2024-05-01 22:10:00 | 1
      """;

  @Test
  void touchpointsFindTheSessionsThatTheyWerePutInto(SparkSession spark) {
    Dataset<Row> assigned =
        Sessionize.assign(wholeRows(spark, OwnedTouchpoints.VIEW, TOUCHPOINTS), RULES);
    Dataset<Row> nobody = spark.sql("SELECT 'x' AS customer_id, 0L AS earlier_sessions").limit(0);
    Dataset<Row> sessions =
        Summarize.sessions(assigned, nobody, Instant.parse("2024-06-01T00:00:00Z"), RULES);

    Dataset<Row> recalled =
        RecallSessions.recall(
            wholeRows(spark, OwnedTouchpoints.VIEW, TOUCHPOINTS), sessions, RULES);

    assertRows(
        recalled
            .withColumnRenamed(Sessions.SESSION_ID, "recalled")
            .join(assigned.select("touchpoint_id", "session_id"), "touchpoint_id")
            .withColumn("is_same", functions.expr("recalled = session_id")),
        """
        touchpoint_id | is_same
        a             | true
        b             | true
        c             | true
        d             | true
        e             | true
        f             | true
        g             | true
        """);
  }
}
