package io.itinera.core.process;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.process.ProcessRules.IntendedStep;
import io.itinera.core.process.ProcessRules.Part;
import io.itinera.core.process.ProcessView.Told;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import java.util.EnumSet;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class WatchProcessTest {

  private static final String TOUCHES =
      """
      touchpoint_id | source_session | type   | occurred_at         | sequence | duration_seconds
      t1            | ann        | view   | 2026-01-01 10:00:00 | 1        | 20
      t2            | ann        | cart   | 2026-01-01 10:01:00 | 1        |
      t3            | ann        | view   | 2026-01-01 10:01:00 | 2        |
      t4            | ann        | view   | 2026-01-01 10:03:00 | 1        |
      t5            | ann        | buy    | 2026-01-02 10:03:00 | 1        |
      t6            | bob        | view   | 2026-01-01 10:00:00 | 1        | 90
      t7            | bob        | cart   | 2026-01-01 10:01:00 | 1        |
      t8            |            | view   | 2026-01-01 10:01:00 | 1        |
      """;

  @Test
  void graphTellsTimesAndWaits(SparkSession spark) {
    // The case of t8 is unknown. Bob's first view lasts longer than the cart is away: no wait.
    ProcessView view = view(spark, 2);

    assertRows(
        table(spark, view, "graph"),
        """
        from    | to   | times | cases | mean_seconds | deviation_seconds | least_seconds | most_seconds | mean_waiting_seconds
        view    | cart | 2     | 2     | 60.0         | 0.0               | 60            | 60           | 20.0
        (start) | view | 2     | 2     |              |                   |               |              |
        cart    | view | 1     | 1     | 0.0          | 0.0               | 0             | 0            |
        view    | buy  | 1     | 1     | 86400.0      | 0.0               | 86400         | 86400        |
        view    | view | 1     | 1     | 120.0        | 0.0               | 120           | 120          |
        """);
    assertRows(
        table(spark, view, "process"),
        """
        cases | events | mean_seconds | most_seconds | variants | fitness | deviating_cases | deviating_share
        2     | 7      | 43320.0      | 86580        | 2        | 0.775   | 2               | 1.0
        """);
    assertThat(view(spark, 1).tables().toString()).isEqualTo(view.tables().toString());
  }

  @Test
  void reworkAndWhatComesLater(SparkSession spark) {
    ProcessView view = view(spark, 2);

    assertRows(
        table(spark, view, "rework"),
        """
        event | repeats | cases | share_of_cases | loops | least_self_distance | mean_self_distance
        view  | 2       | 1     | 0.5            | 1     | 0                   | 0.5
        """);
    assertRows(
        table(spark, view, "follows"),
        """
        from | to   | cases | share | mean_seconds | deviation_seconds | least_seconds | most_seconds
        view | cart | 2     | 1.0   | 60.0         | 0.0               | 60            | 60
        cart | buy  | 1     | 0.5   | 86520.0      | 0.0               | 86520         | 86520
        cart | view | 1     | 0.5   | 0.0          | 0.0               | 0             | 0
        view | buy  | 1     | 0.5   | 86580.0      | 0.0               | 86580         | 86580
        view | view | 1     | 0.5   | 60.0         | 0.0               | 60            | 60
        """);
    assertRows(
        table(spark, view, "variants"),
        """
        path                             | end | cases | share
        view > cart                      |     | 1     | 0.5
        view > cart > view > view > buy  |     | 1     | 0.5
        """);
  }

  @Test
  void intendedPathSaysWhatIsMissingAndWhatHasNoPlaceInIt(SparkSession spark) {
    // Ann: two views behind the cart, of five events and three steps: 1 − 2/8. Bob: nothing
    // bought, of two events and three steps: 1 − 1/5. Wait: pay may be left out.
    assertRows(
        table(spark, view(spark, 2), "deviations"),
        """
        deviation          | step | event | times | cases | share_of_cases
        step missing       | buy  |       | 1     | 1     | 0.5
        event out of place | cart/basket | view  | 2     | 1     | 0.5
        """);
  }

  @Test
  void casesThatDeviateAtAllAreCountedOnce(SparkSession spark) {
    // One in three does as it is meant; another one deviates twice.
    Dataset<Row> touchpoints =
        rows(
            spark,
            Touchpoints.TABLE,
            """
            touchpoint_id | source_session | type | occurred_at         | sequence | duration_seconds
            t1            | ann            | view | 2026-01-01 10:00:00 | 1        |
            t2            | ann            | cart | 2026-01-01 10:01:00 | 1        |
            t3            | ann            | buy  | 2026-01-01 10:02:00 | 1        |
            t4            | bob            | call | 2026-01-01 10:00:00 | 1        |
            t5            | bob            | view | 2026-01-01 10:01:00 | 1        |
            t6            | bob            | call | 2026-01-01 10:02:00 | 1        |
            t7            | cat            | cart | 2026-01-01 10:00:00 | 1        |
            t8            | cat            | buy  | 2026-01-01 10:02:00 | 1        |
            """);

    ProcessView view =
        WatchProcess.ofCases(
            touchpoints, col(Touchpoints.SOURCE_SESSION), col(Touchpoints.TYPE), rules(2));

    assertRows(
        table(spark, view, "process").select("cases", "deviating_cases", "deviating_share"),
        """
        cases | deviating_cases | deviating_share
        3     | 2               | 0.6666666666666666
        """);
  }

  @Test
  void journeysAreCasesWithTheirEnds(SparkSession spark) {
    Dataset<Row> touchpoints =
        rows(
                spark,
                Touchpoints.TABLE,
                """
                touchpoint_id | type | occurred_at         | sequence | duration_seconds
                t1            | view | 2026-01-01 10:00:00 | 1        |
                t2            | buy  | 2026-01-01 10:01:00 | 1        |
                t3            | view | 2026-01-01 10:01:00 | 2        |
                t4            | call | 2026-01-01 10:02:00 | 2        |
                """)
            .withColumn(OwnedTouchpoints.CUSTOMER_ID, functions.lit("ann"));
    Dataset<Row> journeys =
        rows(
            spark,
            Journeys.TABLE,
            """
            journey_id | customer_id | outcome   | started_at          | first_sequence | first_touchpoint_id
            j1         | ann         | converted | 2026-01-01 10:00:00 | 1              | t1
            j2         | ann         | open      | 2026-01-01 10:01:00 | 2              | t3
            """);

    ProcessView view =
        WatchProcess.ofJourneys(touchpoints, journeys, col(Touchpoints.TYPE), rules(2));

    assertRows(
        table(spark, view, "graph").select("from", "to", "times"),
        """
        from    | to           | times
        (start) | view         | 2
        buy     | (conversion) | 1
        view    | buy          | 1
        view    | call         | 1
        """);
  }

  private static ProcessView view(SparkSession spark, int buckets) {
    Dataset<Row> touches =
        rows(spark, Touchpoints.TABLE, TOUCHES).repartition(3, col("touchpoint_id"));
    return WatchProcess.ofCases(
        touches, col(Touchpoints.SOURCE_SESSION), col(Touchpoints.TYPE), rules(buckets));
  }

  private static ProcessRules rules(int buckets) {
    List<IntendedStep> intended =
        List.of(
            new IntendedStep(List.of("view"), false, true),
            new IntendedStep(List.of("cart", "basket"), false, false),
            new IntendedStep(List.of("pay"), true, false),
            new IntendedStep(List.of("buy"), false, false));
    return new ProcessRules(EnumSet.allOf(Part.class), intended, 10, buckets);
  }

  private static Dataset<Row> table(SparkSession spark, ProcessView view, String name) {
    Told told = view.tables().get(name);
    return spark.createDataFrame(told.rows(), told.schema());
  }
}
