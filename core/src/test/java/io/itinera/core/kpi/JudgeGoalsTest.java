package io.itinera.core.kpi;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.kpi.KpiRules.Goal;
import io.itinera.core.kpi.KpiRules.Service;
import io.itinera.core.rule.BusinessHours;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.testing.SparkExtension;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class JudgeGoalsTest {

  private static Goal goal(String type, String value) {
    return new Goal(Set.of(), Set.of(type), "goal", "kpi", value, 0.5);
  }

  private static final KpiRules RULES =
      new KpiRules(
          "location",
          "false",
          new Service("null", "null", "null", "null", "null", "null", "null"),
          List.of(
              goal("view", "try_divide(converted_sessions_count, sessions_count)"),
              goal("order", "try_divide(revenue, conversions_count)"),
              goal("seen", "touchpoints_count"),
              goal("survey", "nps"),
              goal("call", "median_queue_seconds"),
              goal("here", "CASE location_group WHEN 'a' THEN 1 WHEN 'b' THEN 2 END")),
          Set.of("purchase"),
          new BusinessHours(Set.of(DayOfWeek.MONDAY), 0, 86_400, Set.of(), ZoneOffset.UTC));

  @Test
  void valueOfDaysAndPlacesTogetherIsThatOfAllTheyAreMadeOf(SparkSession spark) {
    assertRows(
        JudgeGoals.together(
            wholeRows(
                spark,
                TouchpointKpis.TABLE,
                """
                event_date | channel | type   | location_group | touchpoints_count | sessions_count | converted_sessions_count | conversions_count | revenue | ratings_count | nps    | median_queue_seconds | kpi_value
                2024-05-01 | web     | view   | /a             | 1                 | 1              | 1                        | 0                 | 0.0000  | 0             |        |                      | 1.0
                2024-05-01 | web     | view   | /b             | 9999              | 9999           | 0                        | 0                 | 0.0000  | 0             |        |                      | 0.0
                2024-05-01 | app     | view   | /b             | 5                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      |
                2024-05-01 | web     | order  | (none)         | 1                 | 1              | 1                        | 1                 | 10.0000 | 0             |        |                      | 10.0
                2024-05-02 | web     | order  | (none)         | 9                 | 3              | 3                        | 3                 | 90.0000 | 0             |        |                      | 30.0
                2024-05-01 | web     | seen   | (none)         | 4                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      | 4.0
                2024-05-02 | web     | seen   | (none)         | 6                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      | 6.0
                2024-05-01 | survey  | survey | (none)         | 9                 | 0              | 0                        | 0                 | 0.0000  | 1             | 100.0  |                      | 100.0
                2024-05-02 | survey  | survey | (none)         | 4                 | 0              | 0                        | 0                 | 0.0000  | 4             | -25.0  |                      | -25.0
                2024-05-03 | survey  | survey | (none)         | 4                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      |
                2024-05-01 | call    | call   | a              | 1                 | 0              | 0                        | 0                 | 0.0000  | 0             |        | 100.0                | 100.0
                2024-05-01 | call    | call   | b              | 3                 | 0              | 0                        | 0                 | 0.0000  | 0             |        | 20.0                 | 20.0
                2024-05-02 | call    | call   | b              | 9                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      |
                2024-05-01 | web     | here   | b              | 9                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      | 2.0
                2024-05-01 | app     | here   | a              | 9                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      | 1.0
                2024-05-01 | app     | here   | b              | 9                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      | 2.0
                2024-05-01 | web     | other  | b              | 9                 | 0              | 0                        | 0                 | 0.0000  | 0             |        |                      |
                """),
            RULES),
        """
        channel | type   | goal | kpi_name | kpi_target | kpi_value
        web     | view   | goal | kpi      | 0.5        | 1.0E-4
        app     | view   | goal | kpi      | 0.5        |
        web     | order  | goal | kpi      | 0.5        | 25.0
        web     | seen   | goal | kpi      | 0.5        | 5.0
        survey  | survey | goal | kpi      | 0.5        | 0.0
        call    | call   | goal | kpi      | 0.5        | 40.0
        web     | here   | goal | kpi      | 0.5        | 2.0
        app     | here   | goal | kpi      | 0.5        |
        """);
  }
}
