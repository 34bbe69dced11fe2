package io.itinera.core.journey;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.journey.WayRules.WayStage;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FollowWayTest {

  private static final Instant END = Instant.parse("2024-07-01T00:00:00Z");
  private static final List<WayStage> STAGES =
      List.of(
          new WayStage("opened", List.of("type = 'sign_up'")),
          new WayStage("tried", List.of("type = 'tour'", "channel = 'call'")),
          new WayStage("bought", List.of("type = 'purchase'")));

  @Test
  void alternativesJoinAgainAndTheLastStageEndsIt(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | channel | type     | occurred_at         | sequence
            e1            | ann         | web     | tour     | 2024-05-01 09:00:00 | 1
            e2            | ann         | web     | sign_up  | 2024-05-01 10:00:00 | 1
            e3            | ann         | web     | tour     | 2024-05-02 10:00:00 | 1
            e4            | ann         | call    | question | 2024-05-03 10:00:00 | 1
            e5            | ann         | web     | sign_up  | 2024-05-04 10:00:00 | 1
            e6            | ann         | store   | purchase | 2024-05-05 22:00:00 | 1
            e7            | ann         | store   | purchase | 2024-05-05 22:00:00 | 2
            e8            | bob         | web     | sign_up  | 2024-06-30 10:00:00 | 1
            e9            | bob         | web     | purchase | 2024-06-30 10:00:00 | 2
            f1            | bob         | web     | sign_up  | 2024-06-30 10:00:00 | 3
            """),
        """
        customer_id | journey_number | outcome   | stage_reached | stages                  | returns_count | touchpoints_count | channels           | days_to_convert | last_touchpoint_id
        ann         | 1              | converted | bought        | [opened, tried, bought] | 1             | 5                 | [web, call, store] | 4.5             | e6
        bob         | 1              | converted | bought        | [opened, bought]        | 0             | 2                 | [web]              | 0.0             | e9
        bob         | 2              | open      | opened        | [opened]                | 0             | 1                 | [web]              |                 | f1
        """);
  }

  @Test
  void silenceOfExactlyTheGapDoesNotEndItAndWhatReachesNoStageDoesNotBreakIt(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | channel | type     | occurred_at         | sequence
            e1            | ann         | web     | sign_up  | 2024-05-01 10:00:00 | 1
            e2            | ann         | web     | tour     | 2024-05-11 10:00:00 | 1
            e3            | ann         | web     | other    | 2024-05-20 10:00:00 | 1
            e4            | ann         | web     | tour     | 2024-05-21 10:00:01 | 1
            e5            | ann         | web     | sign_up  | 2024-06-21 00:00:00 | 1
            e6            | bob         | web     | sign_up  | 2024-06-20 23:59:59 | 1
            """),
        """
        customer_id | journey_number | outcome   | stages          | ended_at            | ended_on
        ann         | 1              | abandoned | [opened, tried] | 2024-05-11 10:00:00 | 2024-05-11
        ann         | 2              | open      | [opened]        | 2024-06-21 00:00:00 | 2024-06-21
        bob         | 1              | abandoned | [opened]        | 2024-06-20 23:59:59 | 2024-06-20
        """);
  }

  @Test
  void wayNeedsTwoStagesOfDifferentNamesAndAPlainName() {
    assertThatThrownBy(() -> way("onboarding", STAGES.subList(0, 1)))
        .hasMessageContaining("two at least");
    assertThatThrownBy(() -> way("On boarding", STAGES)).hasMessageContaining("table's name");
    assertThatThrownBy(() -> way("o", List.of(STAGES.get(0), STAGES.get(0))))
        .hasMessageContaining("different names");
    assertThatThrownBy(() -> new WayStage("opened", List.of()))
        .hasMessageContaining("nothing could reach it");
  }

  private static Dataset<Row> journeys(SparkSession spark, String touchpoints) {
    return FollowWay.journeys(
        wholeRows(spark, OwnedTouchpoints.VIEW, touchpoints), END, way("onboarding", STAGES));
  }

  private static WayRules way(String name, List<WayStage> stages) {
    return new WayRules(name, stages, Duration.ofDays(10), ZoneId.of("UTC"));
  }
}
