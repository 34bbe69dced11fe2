package io.itinera.core.journey;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class WalkSessionsTest {

  /** At one instant the sequence says what came first, then the id. */
  private static final String TOUCHES =
      """
      touchpoint_id | customer_id | type | occurred_at         | sequence | session_id
      t4            | ann         | cart | 2026-01-01 10:00:00 | 2        | s1
      t1            | ann         | view | 2026-01-01 10:00:00 | 1        | s1
      t3            | ann         | view | 2026-01-01 10:00:05 | 1        | s1
      t2            | ann         | view | 2026-01-01 10:00:05 | 1        | s1
      t5            | ann         | buy  | 2026-01-02 10:00:00 | 1        | s2
      t6            | bob         | view | 2026-01-02 10:00:00 | 1        | s3
      t7            | bob         | view | 2025-01-02 10:00:00 | 1        | s0
      t8            |             | view | 2026-01-02 10:00:00 | 1        |
      """;

  private static final String SESSIONS =
      """
      session_id | customer_id | converted | end_reason | event_date
      s1         | ann         | false     | timeout    | 2026-01-01
      s2         | ann         | true      | open       | 2026-01-02
      s3         | bob         | false     | open       | 2026-01-02
      """;

  @Test
  void sessionsAreWaysOfTheirTouchpoints(SparkSession spark) {
    assertRows(
        ways(spark, Repeats.UNIQUE),
        """
        journey_id | customer_id | outcome   | ended_on   | path                    | seconds
        s1         | ann         | abandoned | 2026-01-01 | view > cart > view > view | 5
        s2         | ann         | converted | 2026-01-02 | buy                     | 0
        s3         | bob         | open      | 2026-01-02 | view                    | 0
        """);
    assertRows(
        ways(spark, Repeats.EXPOSURE).where("journey_id = 's1'"),
        """
        path               | seconds
        view > cart > view | 5
        """);
  }

  private static Dataset<Row> ways(SparkSession spark, Repeats repeats) {
    JourneyRules rules =
        new JourneyRules(
            Duration.ofDays(30),
            Set.of("buy"),
            StepUnit.SESSION,
            StepLabel.TYPE,
            repeats,
            Set.of(),
            Set.of(),
            ZoneId.of("UTC"));
    return WalkSessions.ways(
            wholeRows(spark, OwnedTouchpoints.VIEW, TOUCHES),
            rows(spark, Sessions.TABLE, SESSIONS),
            rules)
        .selectExpr(
            "journey_id",
            "customer_id",
            "outcome",
            "ended_on",
            "array_join(path, ' > ') AS path",
            "unix_seconds(element_at(path_at, -1)) - unix_seconds(path_at[0]) AS seconds");
  }
}
