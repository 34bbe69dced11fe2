package io.itinera.core.attribution;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.table.AttributionTouchpoints;
import io.itinera.core.table.CustomerChanges;
import io.itinera.core.table.Journeys;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FindRestatedTest {

  private static final String BEFORE =
      """
      touchpoint_id | model  | conversions | revenue | conversion_touchpoint_id | customer_id | marketing_channel | campaign
      t1            | linear | 1           | 10      | old                      | ann         | email             | (none)
      t2            | linear | 1           | 20      | gone                     | bob         | email             | (none)
      t3            | linear | 1           | 30      | kept                     | cid         | email             | (none)
      t3            | first  | 1           | 30      | kept                     | cid         | email             | (none)
      """;

  private static final String AFTER =
      """
      touchpoint_id | model  | conversions | revenue | conversion_touchpoint_id | customer_id | marketing_channel | campaign
      t4            | linear | 1           | 30      | kept                     | cid         | display           | (none)
      t5            | linear | 1           | 40      | new                      | dee         | display           | (none)
      """;

  private static final String JOURNEYS =
      """
      journey_id | ended_on   | conversion_touchpoint_id
      j1         | 2026-01-24 | old
      j3         | 2026-01-25 | kept
      j4         | 2026-01-31 | new
      """;

  @Test
  void conversionThatHasGrownTooOldForTheWindowWasNotWithdrawn(SparkSession spark) {
    assertRows(
        restated(spark, Optional.of(7)),
        """
        conversion_touchpoint_id | marketing_channel | conversions_before | conversions_after | cause
        gone                     | email             | 1.0000000000       | 0.0000000000      | withdrawn
        kept                     | email             | 1.0000000000       | 0.0000000000      | touchpoints
        kept                     | display           | 0.0000000000       | 1.0000000000      | touchpoints
        """);
  }

  @Test
  void withoutAWindowWhateverIsThereNoMoreWasWithdrawn(SparkSession spark) {
    assertRows(
        restated(spark, Optional.empty()).where("cause = 'withdrawn'"),
        """
        conversion_touchpoint_id | previous_customer_id | revenue_before | revenue_after
        gone                     | bob                  | 20.0000        | 0.0000
        old                      | ann                  | 10.0000        | 0.0000
        """);
  }

  private static Dataset<Row> restated(SparkSession spark, Optional<Integer> windowDays) {
    Dataset<Row> before = wholeRows(spark, AttributionTouchpoints.TABLE, BEFORE);
    return FindRestated.restated(
        FindRestated.stillLookedAt(
            before,
            wholeRows(spark, Journeys.TABLE, JOURNEYS),
            LocalDate.of(2026, 1, 31),
            windowDays),
        wholeRows(spark, AttributionTouchpoints.TABLE, AFTER),
        wholeRows(spark, CustomerChanges.TABLE, "customer_id\n"));
  }
}
