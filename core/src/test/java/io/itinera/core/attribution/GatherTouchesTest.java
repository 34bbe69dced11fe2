package io.itinera.core.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.itinera.core.attribution.AttributionRules.Shapley;
import io.itinera.core.attribution.AttributionRules.Touch;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Touches of one visit are one touch, whatever is known of them. */
@ExtendWith(SparkExtension.class)
class GatherTouchesTest {

  private static final AttributionRules BY_VISIT =
      new AttributionRules(
          Duration.ofDays(90),
          Duration.ofDays(7),
          Touch.VISIT,
          Set.of("direct"),
          List.of(1),
          Shapley.CONVERSIONS,
          0,
          Optional.empty(),
          Set.of("purchase"));

  @Test
  void touchesWithoutAChannelJoinAsThoseWithOneUpToHalfAnHour(SparkSession spark) {
    Dataset<Row> touchpoints =
        spark.sql(
            """
            SELECT 'ann' AS customer_id, id AS touchpoint_id, CAST(NULL AS STRING) AS channel, type,
              CAST(at AS TIMESTAMP) AS occurred_at, CAST(1 AS BIGINT) AS sequence,
              marketing AS marketing_channel, CAST(NULL AS STRING) AS campaign
            FROM VALUES
              ('a', 'view', '2026-01-01 10:00:00', 'email'),
              ('b', 'view', '2026-01-01 10:30:00', 'email'),
              ('c', 'view', '2026-01-01 11:00:01', 'email'),
              ('d', 'purchase', '2026-01-01 11:05:00', NULL) AS t(id, type, at, marketing)
            """);
    Dataset<Row> journeys =
        spark.sql(
            """
            SELECT 'ann' AS customer_id, 'j' AS journey_id, 'converted' AS outcome,
              TIMESTAMP '2026-01-01 10:00:00' AS started_at,
              TIMESTAMP '2026-01-01 11:05:00' AS ended_at, DATE '2026-01-01' AS ended_on,
              CAST(1 AS BIGINT) AS first_sequence, 'a' AS first_touchpoint_id,
              'd' AS conversion_touchpoint_id, CAST(5 AS DECIMAL(18, 4)) AS revenue
            """);

    List<Row> found =
        GatherTouches.touches(touchpoints, journeys, LocalDate.of(2026, 1, 2), BY_VISIT)
            .collectAsList();

    assertEquals(1, found.size());
    assertEquals(List.of("a", "c"), EndedJourneys.touches(found.get(0)));
    assertEquals("purchase", found.get(0).getAs(EndedJourneys.TYPE));
  }
}
