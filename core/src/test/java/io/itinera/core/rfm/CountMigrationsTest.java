package io.itinera.core.rfm;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;

import io.itinera.core.table.CustomerAliases;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.RfmScores;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CountMigrationsTest {

  private static final String SCORES =
      """
      customer_id | as_of      | segment   | monetary
      a           | 2024-12-20 | champions | 1
      a           | 2024-12-29 | at_risk   | 1
      b           | 2024-12-29 | at_risk   | 1
      c           | 2024-12-29 | lost      | 1
      a           | 2024-12-31 | champions | 1
      b           | 2024-12-31 | at_risk   | 1
      d           | 2024-12-31 | new       | 1
      e           | 2025-01-01 | new       | 1
      """;

  private static final String DAYS =
      """
      customer_id | event_date | order_value | refund_value
      a           | 2024-12-29 | 900         | 0
      a           | 2024-12-30 | 20          | -5
      b           | 2024-12-31 |             | -3
      d           | 2024-12-31 | 7           | 0
      a           | 2025-01-01 | 900         | 0
      x           | 2024-12-31 | 0           | 0
      """;

  @Test
  void whoCameStayedWentOrChangedIsCountedWithWhatTheyBroughtSinceTheNightBefore(
      SparkSession spark) {
    assertRows(
        migrations(spark, "2024-12-31"),
        """
        from_segment | to_segment | customers_count | revenue
        at_risk      | champions  | 1               | 15.0000
        at_risk      | at_risk    | 1               | -3.0000
        lost         | (none)     | 1               | 0.0000
        (none)       | new        | 1               | 7.0000
        """);
  }

  @Test
  void theFirstNightKnowsNoBefore(SparkSession spark) {
    assertRows(migrations(spark, "2024-12-20"), "from_segment");
  }

  @Test
  void whoTurnedOutToBeOneCameFromTheSegmentInWhichTheyWereWorthMost(SparkSession spark) {
    Dataset<Row> scores =
        rows(
            spark,
            RfmScores.TABLE,
            """
            customer_id | as_of      | segment   | monetary
            guest       | 2024-12-29 | at_risk   | 20
            ann         | 2024-12-29 | loyal     | 10
            gone        | 2024-12-29 | lost      | 5
            ann         | 2024-12-31 | champions | 40
            """);
    Dataset<Row> aliases =
        rows(
            spark,
            CustomerAliases.TABLE,
            """
            old_customer_id | customer_id
            guest           | ann
            ann             | ann
            gone            |
            """);

    assertRows(
        CountMigrations.migrations(
            CarryScores.underTodaysIds(scores, aliases),
            rows(spark, CustomerDays.TABLE, DAYS),
            LocalDate.parse("2024-12-31")),
        """
        from_segment | to_segment | customers_count
        at_risk      | champions  | 1
        lost         | (none)     | 1
        """);
  }

  private static Dataset<Row> migrations(SparkSession spark, String asOf) {
    return CountMigrations.migrations(
        rows(spark, RfmScores.TABLE, SCORES),
        rows(spark, CustomerDays.TABLE, DAYS),
        LocalDate.parse(asOf));
  }
}
