package io.itinera.core.rfm;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.OrderClasses;
import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmScores;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ScoreRfmTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);

  @Test
  void windowHoldsItsFirstAndLastDayAndRefundsCountWithoutBeingOrders(SparkSession spark) {
    Dataset<Row> days =
        rows(
            spark,
            CustomerDays.TABLE,
            """
            customer_id | event_date | orders_count | order_value | refund_value
            first_day   | 2024-12-22 | 1            | 10          | 0
            day_before  | 2024-12-21 | 1            | 10          | 0
            today       | 2024-12-31 | 2            | 30.5        | 0
            tomorrow    | 2025-01-01 | 1            | 10          | 0
            refunded    | 2024-12-25 | 1            | 10          |
            refunded    | 2024-12-30 | 0            | 0           | -12.25
            looked_only | 2024-12-30 | 0            |             |
            """);

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, RfmExamples.quintiles(10)),
        """
        customer_id | as_of      | recency_days | frequency | monetary
        first_day   | 2024-12-31 | 9            | 1         | 10.0000
        today       | 2024-12-31 | 0            | 2         | 30.5000
        refunded    | 2024-12-31 | 6            | 1         | -2.2500
        """);
  }

  @Test
  void equalValuesHaveEqualScoresAndTheShareOfWorseCustomersDecides(SparkSession spark) {
    // 3 of 5 ordered once: nobody is worse, so they score 1, and the next value 1 + ⌊5 × 3/5⌋.
    Dataset<Row> days =
        daysWithoutRefunds(
            spark,
            """
            customer_id | event_date | orders_count | order_value
            a           | 2024-12-31 | 1            | 1
            b           | 2024-12-31 | 1            | 2
            c           | 2024-12-30 | 1            | 3
            d           | 2024-12-29 | 2            | 4
            e           | 2024-12-28 | 3            | 5
            """);

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, RfmExamples.quintiles(10)),
        """
        customer_id | r_score | f_score | m_score | rfm_cell | segment
        a           | 4       | 1       | 1       | 411      | promising
        b           | 4       | 1       | 2       | 412      | promising
        c           | 3       | 1       | 3       | 313      | about_to_sleep
        d           | 2       | 4       | 4       | 244      | at_risk
        e           | 1       | 5       | 5       | 155      | cant_lose
        """);
  }

  @Test
  void gridOf125CellsPartsByMonetaryValueToo(SparkSession spark) {
    Dataset<Row> days =
        daysWithoutRefunds(
            spark,
            """
            customer_id | event_date | orders_count | order_value
            a           | 2024-12-31 | 1            | 1
            b           | 2024-12-31 | 1            | 2
            c           | 2024-12-31 | 1            | 3
            d           | 2024-12-31 | 1            | 4
            e           | 2024-12-31 | 1            | 5
            """);
    RfmRules few = RfmExamples.quintiles(10);
    RfmRules cube =
        new RfmRules(
            10,
            few.scoring(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new RfmRules.Cell("small", 1, 5, 1, 5, 1, 3),
                new RfmRules.Cell("large", 1, 5, 1, 5, 4, 5)),
            few.classes());

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, cube),
        """
        customer_id | m_score | segment
        a           | 1       | small
        b           | 2       | small
        c           | 3       | small
        d           | 4       | large
        e           | 5       | large
        """);
  }

  @Test
  void thresholdsBelongToTheBetterScore(SparkSession spark) {
    Dataset<Row> days =
        daysWithoutRefunds(
            spark,
            """
            customer_id | event_date | orders_count | order_value
            at_best     | 2024-12-01 | 10           | 999.5
            past_best   | 2024-11-30 | 9            | 999.4999
            at_second   | 2024-04-05 | 2            | 50
            past_second | 2024-04-04 | 1            | 49.99
            """);

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, RfmExamples.thresholds()),
        """
        customer_id | rfm_cell | segment
        at_best     | 555      | champions
        past_best   | 444      | loyal_customers
        at_second   | 222      | hibernating
        past_second | 111      | hibernating
        """);
  }

  @Test
  void classesChangeAtTheirBorders(SparkSession spark) {
    Dataset<Row> days =
        daysWithoutRefunds(
            spark,
            """
            customer_id | event_date | orders_count | order_value
            at_active   | 2024-10-02 | 2            | 1
            past_active | 2024-10-01 | 3            | 1
            at_inactive | 2024-01-01 | 5            | 1
            lost        | 2023-12-31 | 6            | 1
            """);
    OrderClasses noVips = new OrderClasses(90, 365, 3, 6, 0);

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, RfmExamples.quintiles(1000, noVips)),
        """
        customer_id | recency_days | recency_class | purchase_frequency_class
        at_active   | 90           | active        | occasional
        past_active | 91           | inactive      | frequent
        at_inactive | 365          | inactive      | frequent
        lost        | 366          | lost          | loyal
        """);
  }

  @Test
  void whoTiesWithTheLastVipIsOneToo(SparkSession spark) {
    // Half of five are two and a half: the third best is vip, and so is the fourth, who ties.
    Dataset<Row> days =
        daysWithoutRefunds(
            spark,
            """
            customer_id | event_date | orders_count | order_value
            a           | 2024-12-31 | 1            | 9
            b           | 2024-12-31 | 1            | 8
            c           | 2024-12-31 | 1            | 7
            d           | 2024-12-31 | 1            | 7
            e           | 2024-12-31 | 1            | 6
            """);
    OrderClasses half = new OrderClasses(90, 365, 3, 6, 0.5);

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, RfmExamples.quintiles(10, half)),
        """
        customer_id | purchase_frequency_class
        a           | vip
        b           | vip
        c           | vip
        d           | vip
        e           | occasional
        """);
  }

  @Test
  void previousSegmentIsThatOfTheLatestNightBefore(SparkSession spark) {
    Dataset<Row> days =
        daysWithoutRefunds(
            spark,
            """
            customer_id | event_date | orders_count | order_value
            a           | 2024-12-31 | 1            | 1
            b           | 2024-12-31 | 1            | 1
            """);
    Dataset<Row> previous =
        rows(
            spark,
            RfmScores.TABLE,
            """
            customer_id | as_of      | segment   | monetary
            a           | 2024-12-30 | at_risk   | 9
            a           | 2024-12-29 | champions | 99
            b           | 2024-12-29 | champions | 99
            a           | 2024-12-31 | promising | 99
            a           | 2024-12-30 | promising | 8
            """);

    assertRows(
        ScoreRfm.scores(days, previous, AS_OF, RfmExamples.quintiles(10)),
        """
        customer_id | previous_segment
        a           | at_risk
        b           |
        """);
  }

  @Test
  void nobodyOrderedGivesNoRows(SparkSession spark) {
    Dataset<Row> days = spark.createDataFrame(List.of(), CustomerDays.TABLE.schema());

    assertRows(
        ScoreRfm.scores(days, noScores(spark), AS_OF, RfmExamples.quintiles(10)), "customer_id");
  }

  private static Dataset<Row> noScores(SparkSession spark) {
    return spark.createDataFrame(List.of(), RfmScores.TABLE.schema());
  }

  private static Dataset<Row> daysWithoutRefunds(SparkSession spark, String text) {
    return rows(spark, CustomerDays.TABLE, text)
        .withColumn(CustomerDays.REFUND_VALUE, lit(null).cast(ColumnTypes.MONEY));
  }
}
