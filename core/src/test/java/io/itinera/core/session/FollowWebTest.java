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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FollowWebTest {

  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Instant END = Instant.parse("2024-05-02T00:00:00Z");
  private static final SessionRules RULES =
      new SessionRules(
          Map.of("chat", new ChannelRules(Cut.CONVERSATION, HALF_HOUR, true)),
          new ChannelRules(Cut.TIMEOUT, HALF_HOUR, true),
          Set.of("page_view"),
          Set.of("purchase"),
          10,
          ZoneId.of("UTC"),
          SessionRules.Scope.PRIMARY,
          new PrecedingRules(
              Set.of("chat"),
              Set.of("web"),
              Duration.ofMinutes(60),
              Optional.of("location"),
              Duration.ofMinutes(1)));

  @Test
  void sessionThatTheVendorNamesWinsOverOneThatIsNearer(SparkSession spark) {
    assertRows(
        followed(
            spark,
            """
            touchpoint_id | customer_id | source | channel | source_session | location | type      | occurred_at
            1             | ann         | w      | web     | v1             |          | page_view | 2024-05-01 08:00:00
            2             | ann         | w      | web     | v2             |          | page_view | 2024-05-01 09:59:00
            3             | ann         | c      | chat    | c1             | v1       | chat      | 2024-05-01 10:00:00
            4             | ann         | c      | chat    | c2             | v9       | chat      | 2024-05-01 10:00:00
            """),
        """
        source_session | minutes_since_web | followed
        c1             | 120               | v1
        c2             | 1                 | v2
        """);
  }

  @Test
  void clockOfTheSessionThatTheVendorNamesMayBeAheadByTheTolerance(SparkSession spark) {
    assertRows(
        followed(
            spark,
            """
            touchpoint_id | customer_id | source | channel | source_session | location | type      | occurred_at
            1             | ann         | w      | web     | v0             |          | page_view | 2024-05-01 09:55:00
            2             | ann         | c      | chat    | c1             | v1       | chat      | 2024-05-01 10:00:00
            3             | ann         | w      | web     | v1             |          | page_view | 2024-05-01 10:00:01
            4             | bob         | c      | chat    | c2             | v2       | chat      | 2024-05-01 10:00:00
            5             | bob         | w      | web     | v2             |          | page_view | 2024-05-01 10:01:00
            6             | cid         | w      | web     | v0             |          | page_view | 2024-05-01 09:55:00
            7             | cid         | c      | chat    | c3             | v3       | chat      | 2024-05-01 10:00:00
            8             | cid         | w      | web     | v3             |          | page_view | 2024-05-01 10:01:00.000001
            9             | dan         | c      | chat    | c4             |          | chat      | 2024-05-01 10:00:00
            a             | dan         | w      | web     | v4             |          | page_view | 2024-05-01 10:00:01
            """),
        """
        source_session | minutes_since_web | followed
        c1             | 0                 | v1
        c2             | 0                 | v2
        c3             | 5                 | v0
        c4             |                   |
        """);
  }

  private static Dataset<Row> followed(SparkSession spark, String touchpoints) {
    Dataset<Row> assigned =
        Sessionize.assign(wholeRows(spark, OwnedTouchpoints.VIEW, touchpoints), RULES);
    Dataset<Row> none = spark.createDataFrame(List.of(), Sessions.TABLE.schema());
    Dataset<Row> inTime =
        Summarize.sessions(assigned, RestartSessions.nobodyEarlier(none), END, RULES);
    Dataset<Row> sessions = FollowWeb.named(inTime, none, RULES.preceding());
    Dataset<Row> web =
        sessions.selectExpr("session_id AS preceding_session_id", "source_session AS followed");
    return sessions
        .where("channel = 'chat'")
        .join(web, new String[] {"preceding_session_id"}, "left")
        .select("source_session", "minutes_since_web", "followed");
  }
}
