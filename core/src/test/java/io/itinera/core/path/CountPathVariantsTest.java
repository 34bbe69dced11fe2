package io.itinera.core.path;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.table.PathVariants;
import io.itinera.testing.AnyPartitioning;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountPathVariantsTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);
  private static final PathRules TEN_DAYS = PathRules.of(10);

  @Test
  void everyJourneyOfTheWindowCountsInOneVariantAndRatesAreOfThoseThatEnded(SparkSession spark) {
    Dataset<Row> journeys =
        JourneyText.journeys(
            spark,
            """
            journey_id | outcome   | ended_on   | path_text | stage_reached | revenue | days_to_convert
            j1         | converted | 2024-12-31 | ad > web  | 0 10          | 20      | 2
            j2         | converted | 2024-12-22 | ad > web  | 0 10          | 10.5    | 3
            j3         | abandoned | 2024-12-30 | ad > web  | 0 10          |         |
            j4         | open      | 2024-12-30 | web > ad  | 0 10          | -1      |
            j5         | abandoned | 2024-12-30 |           |               |         |
            j6         | converted | 2024-12-21 | ad > web  | 0 10          | 99      | 9
            j7         | converted | 2025-01-01 | ad > web  | 0 10          | 99      | 9
            j8         | open      | 2024-12-31 | ad > web  | 0 10          |         |
            """);

    assertRows(
        CountPathVariants.variants(journeys, AS_OF, TEN_DAYS)
            .drop(PathVariants.PATH)
            .na()
            .replace(PathVariants.PATH_TEXT, Map.of("", "(none)")),
        """
        as_of      | path_text | journeys_count | closed_count | conversions_count | conversion_rate    | revenue | median_days
        2024-12-31 | ad > web  | 4              | 3            | 2                 | 0.6666666666666666 | 30.5000 | 2.5
        2024-12-31 | web > ad  | 1              | 0            | 0                 |                    | -1.0000 |
        2024-12-31 | (none)    | 1              | 1            | 0                 | 0.0                | 0.0000  |
        """);
    AnyPartitioning.assertSame(journeys, rows -> CountPathVariants.variants(rows, AS_OF, TEN_DAYS));
  }
}
