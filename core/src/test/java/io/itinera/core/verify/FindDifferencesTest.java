package io.itinera.core.verify;

import static io.itinera.core.table.Table.optional;
import static io.itinera.core.table.Table.required;
import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.ColumnTypes;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Table;
import io.itinera.testing.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FindDifferencesTest {

  private static final Table VISITS =
      Table.of(
              "visits",
              "A visit.",
              required("id", StringType, "the visit"),
              optional("pages", LongType, "how many pages"),
              optional("kinds", ColumnTypes.LONG_MAP, "pages by kind"))
          .keyedBy("id");

  @Test
  void everyKindOfDifferenceIsToldWithoutItsValue(SparkSession spark) {
    assertRows(
        FindDifferences.between(
            VISITS,
            visits(
                spark,
                "('alike', 1L, map('a', 1L, 'b', 2L))",
                "('nulls', NULL, NULL)",
                "('pages', 1L, map('a', 1L))",
                "('emptied', 1L, map('a', 1L))",
                "('both', 1L, map('a', 1L))",
                "('gone', 1L, NULL)",
                "('twice', 1L, NULL)"),
            visits(
                spark,
                "('alike', 1L, map('b', 2L, 'a', 1L))",
                "('nulls', NULL, NULL)",
                "('pages', 2L, map('a', 1L))",
                "('emptied', NULL, map('a', 1L))",
                "('both', 2L, map('a', 2L))",
                "('twice', 1L, NULL)",
                "('twice', 1L, NULL)",
                "('undue', 1L, NULL)")),
        """
        table_name | row_key | column_name
        visits     | pages   | pages
        visits     | emptied | pages
        visits     | both    | pages
        visits     | both    | kinds
        visits     | gone    | (row is missing)
        visits     | twice   | (row is there more than once)
        visits     | undue   | (row should not be there)
        """);
  }

  private static Dataset<Row> visits(SparkSession spark, String... rows) {
    return spark.sql(
        "SELECT * FROM VALUES %s AS visits (id, pages, kinds)".formatted(String.join(", ", rows)));
  }

  @Test
  void moneyThatMovedBetweenCustomersIsFoundThoughTheSumsAgree(SparkSession spark) {
    Dataset<Row> journeys =
        rows(
            spark,
            Journeys.TABLE,
            """
            customer_id | revenue | refunded
            a           | 10.00   | 2.00
            a           | 5.00    |
            b           | 0.00    | 3.00
            """);
    Dataset<Row> days =
        rows(
            spark,
            CustomerDays.TABLE,
            """
            customer_id | order_value | refund_value
            a           | 10.00       | 0.00
            a           | 2.00        | 0.00
            b           | 0.00        | -2.00
            """);
    Dataset<Row> cards =
        rows(
            spark,
            Customers.TABLE,
            """
            customer_id | revenue
            a           | 12.00
            b           | -2.00
            """);

    assertRows(
        CompareMoney.sums(there(journeys), there(days), there(cards)),
        """
        of_journeys | of_customers | unlike_count
        10.0000     | 10.0000      | 2
        """);
    // What goes and comes back is no change.
    assertRows(
        CompareMoney.sums(
            there(journeys).union(gone(journeys)),
            there(days).union(gone(days)),
            there(cards).union(gone(cards))),
        """
        of_journeys | of_customers | unlike_count
        0.0000      | 0.0000       | 0
        """);
  }

  private static Dataset<Row> there(Dataset<Row> rows) {
    return rows.withColumn(CompareMoney.CHANGE, expr("1L"));
  }

  private static Dataset<Row> gone(Dataset<Row> rows) {
    return rows.withColumn(CompareMoney.CHANGE, expr("-1L"));
  }

  @Test
  void sampleIsTheSameInEveryTableAndGrowsWithItsShare(SparkSession spark) {
    Dataset<Row> ids = spark.range(1000).selectExpr("'c' || id AS customer_id");
    List<Row> tenth = ids.where(SampleCustomers.ofShare(0.1, 7).has("customer_id")).collectAsList();
    List<Row> third = ids.where(SampleCustomers.ofShare(0.3, 7).has("customer_id")).collectAsList();
    long most = SampleCustomers.largestOf(ids.union(ids), 25, 7).head().getLong(0);

    assertThat(tenth).hasSizeBetween(70, 130);
    assertThat(third).hasSizeBetween(250, 350).containsAll(tenth);
    assertThat(ids.where(new SampleCustomers(7, most).has("customer_id")).count()).isEqualTo(25);
    assertThat(ids.where(SampleCustomers.ofShare(1, 7).has("customer_id")).count()).isEqualTo(1000);
  }
}
