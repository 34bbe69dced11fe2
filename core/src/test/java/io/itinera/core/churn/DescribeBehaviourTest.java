package io.itinera.core.churn;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class DescribeBehaviourTest {

  private static final LocalDate CUT_OFF = LocalDate.of(2024, 6, 30);

  @Test
  void whatCustomersDidUpToTheCutOffIsTold(SparkSession spark) {
    Dataset<Row> behaviour = DescribeBehaviour.behaviour(days(spark), CUT_OFF);

    assertRows(
        behaviour.select(
            "customer_id",
            "orders",
            "recent_orders",
            "days_since_order",
            "days_since_first_order",
            "days_per_order",
            "spend_per_order"),
        """
        customer_id | orders | recent_orders | days_since_order | days_since_first_order | days_per_order | spend_per_order
        ann         | 2.0    | 1.0           | 10.0             | 100.0                  | 50.0           | 20.0
        bob         | 1.0    | 1.0           | 0.0              | 0.0                    | 0.0            | 5.0
        """);
    assertRows(
        behaviour.select(
            "customer_id",
            "complaints",
            "service_contacts",
            "returns",
            "active_days",
            "earlier_active_days",
            "product_views",
            "mails_read",
            "days_since_contact",
            "web_share"),
        """
        customer_id | complaints | service_contacts | returns | active_days | earlier_active_days | product_views | mails_read | days_since_contact | web_share
        ann         | 2.0        | 3.0              | 1.0     | 2.0         | 1.0                 | 4.0           | 0.0        | 3.0                | 0.5
        bob         | 0.0        | 0.0              | 0.0     | 1.0         | 0.0                 | 0.0           | 0.0        | 0.0                | 0.0
        """);
  }

  @Test
  void silentIsWhoOrdersNothingInTheWindowBehindIt(SparkSession spark) {
    String orders =
        """
        customer_id  | event_date | orders_count
        ann          | 2024-06-01 | 1
        ann          | 2024-07-30 | 1
        bob          | 2024-06-01 | 1
        bob          | 2024-07-31 | 1
        cat          | 2024-06-01 | 1
        cat          | 2024-07-10 | 0
        dan          | 2024-07-01 | 1
        """;

    Dataset<Row> days =
        days(spark).limit(0).unionByName(rows(spark, CustomerDays.TABLE, orders), true);

    assertRows(
        DescribeBehaviour.labelled(days, CUT_OFF, 30).select("customer_id", "silent"),
        """
        customer_id | silent
        ann         | 0.0
        bob         | 1.0
        cat         | 1.0
        """);
  }

  @Test
  void nothingLaterChangesWhatWasDone(SparkSession spark) {
    Dataset<Row> days = days(spark);
    Dataset<Row> known = days.where(col(CustomerDays.EVENT_DATE).leq(lit(CUT_OFF)));

    assertThat(DescribeBehaviour.behaviour(days, CUT_OFF).collectAsList())
        .containsExactlyInAnyOrderElementsOf(
            DescribeBehaviour.behaviour(known, CUT_OFF).collectAsList());
  }

  /** Ann's days 100, 71, 40, 10, 3 and −1 before the cut-off, and Bob's only one. */
  private static Dataset<Row> days(SparkSession spark) {
    return spark.sql(
        """
        SELECT
          customer_id, DATE(event_date) AS event_date, touchpoints_count, orders_count, order_value,
          transform_values(str_to_map(channels), (name, n) -> CAST(n AS BIGINT)) AS channels,
          transform_values(str_to_map(types), (name, n) -> CAST(n AS BIGINT)) AS types
        FROM VALUES
          ('ann', '2024-03-22', 4, 1, 10.00, 'web:2', 'purchase:1,complaint:5'),
          ('ann', '2024-04-20', 0, 0, NULL, NULL, NULL),
          ('ann', '2024-05-21', 2, 0, NULL, 'call:2', 'complaint:2'),
          ('ann', '2024-06-20', 3, 1, 30.00, 'web:3,chat:1', 'product_view:4'),
          ('ann', '2024-06-27', 1, 0, NULL, NULL, 'refund:1'),
          ('ann', '2024-07-01', 9, 1, 70.00, 'web:9', 'complaint:9,refund:9'),
          ('bob', '2024-06-30', 1, 1, 5.00, NULL, NULL),
          ('cat', '2024-06-30', 1, 0, NULL, NULL, 'complaint:1')
          AS t(customer_id, event_date, touchpoints_count, orders_count, order_value, channels, types)
        """);
  }
}
