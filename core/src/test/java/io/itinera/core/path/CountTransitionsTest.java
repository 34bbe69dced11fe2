package io.itinera.core.path;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Transitions;
import io.itinera.testing.AnyPartitioning;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountTransitionsTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);
  private static final PathRules TEN_DAYS = PathRules.of(10);

  private static final String JOURNEYS =
      """
      journey_id | customer_id | outcome   | ended_on   | path_text        | stage_reached
      j1         | ann         | converted | 2024-12-31 | ad > web > store | 0 10 40
      j2         | ann         | converted | 2024-12-30 | ad > web         | 0 20
      j3         | bob         | abandoned | 2024-12-22 | ad > web         | 0 90
      j4         | cyd         | open      | 2024-12-31 | web              | 0
      j5         | cyd         | abandoned | 2024-12-31 |                  |
      j6         | cyd         | converted | 2024-12-21 | call > web       | 0 1
      """;

  @Test
  void journeysOfTheWindowGiveTheirStepsFromStartToEnd(SparkSession spark) {
    // j4 is open and has no end yet; j5 has no steps; j6 ended a day before the window.
    Dataset<Row> all = transitions(spark, JourneyText.journeys(spark, JOURNEYS));

    assertRows(
        all.where(col(Transitions.SEGMENT_TYPE).equalTo("all")).drop(Transitions.AS_OF),
        """
        segment_value | from_step | to_step      | transitions_count | customers_count | probability        | median_seconds | p90_seconds
        (all)         | (start)   | ad           | 3                 | 2               | 0.75               |                |
        (all)         | (start)   | web          | 1                 | 1               | 0.25               |                |
        (all)         | ad        | web          | 3                 | 2               | 1.0                | 20.0           | 76.0
        (all)         | web       | store        | 1                 | 1               | 0.3333333333333333 | 30.0           | 30.0
        (all)         | web       | (conversion) | 1                 | 1               | 0.3333333333333333 |                |
        (all)         | web       | (exit)       | 1                 | 1               | 0.3333333333333333 |                |
        (all)         | store     | (conversion) | 1                 | 1               | 1.0                |                |
        """);
  }

  @Test
  void segmentsOfTheNightCountApart(SparkSession spark) {
    Dataset<Row> segments =
        transitions(spark, JourneyText.journeys(spark, JOURNEYS))
            .where(col(Transitions.SEGMENT_TYPE).notEqual("all"))
            .where(col(Transitions.FROM_STEP).equalTo("ad"));

    assertRows(
        segments,
        """
        as_of      | segment_type | segment_value | from_step | to_step | transitions_count
        2024-12-31 | persona      | p1            | ad        | web     | 2
        2024-12-31 | rfm_segment  | champions     | ad        | web     | 2
        2024-12-31 | rfm_segment  | at_risk       | ad        | web     | 1
        """);
  }

  @Test
  void probabilitiesOfAStepSumToOneAtAnyPartitioning(SparkSession spark) {
    Dataset<Row> journeys = manyJourneys(spark);
    Dataset<Row> sums =
        transitions(spark, journeys)
            .groupBy(Transitions.SEGMENT_TYPE, Transitions.SEGMENT_VALUE, Transitions.FROM_STEP)
            .agg(sum(Transitions.PROBABILITY).as("total"));

    assertThat(sums.where(abs(col("total").minus(1)).gt(1e-9)).collectAsList()).isEmpty();
    AnyPartitioning.assertSame(journeys, rows -> transitions(spark, rows));
  }

  private static Dataset<Row> manyJourneys(SparkSession spark) {
    return spark
        .range(200)
        .selectExpr(
            "array('ann', 'bob', 'cyd')[id % 3] AS customer_id",
            "array('converted', 'abandoned', 'open')[id * id % 7 % 3] AS outcome",
            "DATE'2024-12-31' AS ended_on",
            "transform(sequence(0, id % 4), i -> concat('s', id * (i + 3) % 5)) AS path",
            "transform(sequence(0, id % 4), i -> timestamp_seconds(i * id * 0.37)) AS path_at");
  }

  private static Dataset<Row> transitions(SparkSession spark, Dataset<Row> journeys) {
    Dataset<Row> personas =
        rows(
            spark,
            CustomerPersonas.TABLE,
            """
            customer_id | as_of      | persona_id
            ann         | 2024-12-31 | p1
            bob         | 2024-12-30 | p1
            """);
    Dataset<Row> scores =
        rows(
            spark,
            RfmScores.TABLE,
            """
            customer_id | as_of      | segment
            ann         | 2024-12-31 | champions
            bob         | 2024-12-31 | at_risk
            bob         | 2024-12-30 | champions
            """);
    return CountTransitions.transitions(
        journeys, new CustomerGroups(personas, scores), AS_OF, TEN_DAYS);
  }
}
