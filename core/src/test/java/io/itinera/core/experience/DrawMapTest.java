package io.itinera.core.experience;

import static io.itinera.testing.TableText.wholeRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.experience.DrawMap.Until;
import io.itinera.core.table.JourneyMap;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class DrawMapTest {

  private static final ExperienceRules RULES =
      new ExperienceRules(
          List.of(),
          Map.of(),
          "type = 'error'",
          "null",
          "null",
          365,
          Duration.ofDays(30),
          Set.of("chat"),
          Set.of("purchase"));

  /** Ann views, buys two things at once, and chats of a failure in one conversation of four. */
  @Test
  void ordersAndConversationsAreOneEach(SparkSession spark) {
    List<Row> map =
        DrawMap.map(
            wholeRows(
                spark,
                OwnedTouchpoints.VIEW,
                """
                touchpoint_id | customer_id | event_date | source | channel | type         | occurred_at         | sequence | value | order_id | source_session
                1             | ann         | 2026-01-05 | shop   | web     | product_view | 2026-01-05 10:00:00 | 1        |       |          |
                2             | ann         | 2026-01-05 | shop   | web     | purchase     | 2026-01-05 10:05:00 | 1        | 10.00 | 7        |
                3             | ann         | 2026-01-05 | shop   | web     | purchase     | 2026-01-05 10:05:00 | 2        | 90.00 | 7        |
                4             | ann         | 2026-01-06 | shop   | web     | error        | 2026-01-06 10:00:00 | 1        |       |          |
                5             | ann         | 2026-01-06 | desk   | chat    | message      | 2026-01-06 11:00:00 | 1        |       |          | c1
                6             | ann         | 2026-01-06 | desk   | chat    | message      | 2026-01-06 11:00:01 | 1        |       |          | c1
                7             | ann         | 2026-01-06 | desk   | chat    | message      | 2026-01-06 11:00:02 | 1        |       |          | c1
                8             | ann         | 2026-01-06 | desk   | chat    | message      | 2026-01-06 13:00:00 | 1        |       |          | c1
                """),
            List.of(),
            new Until(LocalDate.of(2026, 6, 30), Instant.parse("2026-07-01T00:00:00Z")),
            RULES);

    assertThat(map)
        .extracting(
            row ->
                "%s %s %s %s %s %s"
                    .formatted(
                        at(row, JourneyMap.TYPE),
                        at(row, JourneyMap.TOUCHPOINTS_COUNT),
                        at(row, JourneyMap.CONVERSION_RATE),
                        at(row, JourneyMap.REVENUE_AT_STAKE),
                        at(row, JourneyMap.CONTACTS_COUNT),
                        at(row, JourneyMap.PAIN_SCORE)))
        .containsExactlyInAnyOrder(
            "product_view 1 1.0 100.0000 1 0.0",
            "purchase 1 0.0 0.0000 1 0.0",
            "error 1 0.0 0.0000 1 0.0",
            "message 4 0.0 0.0000 1 100.0");
  }

  private static Object at(Row row, String column) {
    return row.get(JourneyMap.TABLE.schema().fieldIndex(column));
  }
}
