package io.itinera.core.customer;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.rule.OrderClasses;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SumDaysTest {

  private static final CustomerRules RULES =
      new CustomerRules(
          new OrderClasses(90, 365, 3, 6, 0.05),
          90,
          Set.of("purchase"),
          Set.of("page_view"),
          Set.of("email"),
          ZoneId.of("UTC"));

  @Test
  void eachDayCountsWhatHappenedOnIt(SparkSession spark) {
    Dataset<Row> touchpoints =
        wholeRows(
                spark,
                OwnedTouchpoints.VIEW,
                """
                touchpoint_id | customer_id | event_date | source | channel | type      | order_id | value | category | campaign
                e1            | ann         | 2024-05-01 | till   | store   | purchase  | r1       | 2.00  | tea      | p2,p1,p2
                e2            | ann         | 2024-05-01 | till   | store   | purchase  | r1       | 3.00  | tea      | p1
                e3            | ann         | 2024-05-01 | till   | store   | refund    | r1       | -1.00 | tea      | p1
                e4            | ann         | 2024-05-01 | ga     | web     | page_view |          |       | pots     | p3
                e5            | ann         | 2024-05-02 | ga     | web     | page_view |          |       |          |
                """)
            .withColumn(Touchpoints.PRODUCT_IDS, split(col(Touchpoints.CAMPAIGN), ","));

    assertRows(
        SumDays.days(touchpoints, RULES),
        """
        customer_id | event_date | touchpoints_count | orders_count | items_count | order_value | refund_value | contacts                       | channels               | categories | products             | devices
        ann         | 2024-05-01 | 4                 | 1            | 4           | 5.0000      | -1.0000      | {ga/web -> 1, till/store -> 3} | {store -> 3, web -> 1} | {tea -> 2} | {p1 -> 2, p2 -> 2}   | {}
        ann         | 2024-05-02 | 1                 | 0            | 0           | 0.0000      | 0.0000       | {ga/web -> 1}                  | {web -> 1}             | {}         | {}                   | {}
        """);
  }

  @Test
  void orderOverMidnightIsOfTheDayOfItsFirstLineOnlyAndOfOneSource(SparkSession spark) {
    assertRows(
        SumDays.days(
            wholeRows(
                spark,
                OwnedTouchpoints.VIEW,
                """
                touchpoint_id | customer_id | event_date | source | type     | occurred_at                | order_id | value
                1             | ann         | 2024-05-01 | till   | purchase | 2024-05-01 23:30:00        | 17       | 2.00
                2             | ann         | 2024-05-02 | till   | purchase | 2024-05-02 00:10:00        | 17       | 2.00
                3             | ann         | 2024-05-02 | till   | purchase | 2024-05-02 02:30:00        | 17       | 2.00
                4             | ann         | 2024-05-02 | shop   | purchase | 2024-05-02 00:20:00        | 17       | 2.00
                5             | bob         | 2024-05-01 | till   | purchase | 2024-05-01 23:59:00        | 18       | 2.00
                6             | bob         | 2024-05-02 | till   | purchase | 2024-05-02 02:59:00.000001 | 18       | 2.00
                7             | cid         | 2024-05-01 | till   | purchase | 2024-05-01 23:59:00        |          | 2.00
                8             | cid         | 2024-05-02 | till   | purchase | 2024-05-02 00:00:00        |          | 2.00
                """),
            RULES),
        """
        customer_id | event_date | touchpoints_count | orders_count | order_value | first_order_at
        ann         | 2024-05-01 | 1                 | 1            | 2.0000      | 2024-05-01 23:30:00
        ann         | 2024-05-02 | 3                 | 1            | 6.0000      | 2024-05-02 00:20:00
        bob         | 2024-05-01 | 1                 | 1            | 2.0000      | 2024-05-01 23:59:00
        bob         | 2024-05-02 | 1                 | 1            | 2.0000      | 2024-05-02 02:59:00.000001
        cid         | 2024-05-01 | 1                 | 1            | 2.0000      | 2024-05-01 23:59:00
        cid         | 2024-05-02 | 1                 | 1            | 2.0000      | 2024-05-02 00:00:00
        """);
  }

  /** Were each product compared with each touchpoint, it would take a quarter of an hour. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void oneCustomersDayWithVeryManyTouchpointsTakesNoLongerThanManyCustomers(SparkSession spark) {
    Dataset<Row> touchpoints =
        wholeRows(spark, OwnedTouchpoints.VIEW, "touchpoint_id\n")
            .unionByName(
                spark
                    .range(100_000)
                    .selectExpr(
                        "concat('t', id) AS touchpoint_id",
                        "'till' AS customer_id",
                        "date '2024-05-01' AS event_date",
                        "'purchase' AS type",
                        "array(concat('p', id % 40000)) AS product_ids",
                        "concat('d', id % 40000) AS device"),
                true);

    assertRows(
        SumDays.days(touchpoints, RULES)
            .selectExpr(
                "touchpoints_count",
                "items_count",
                "size(products) AS products",
                "devices['d0'] AS d0"),
        """
        touchpoints_count | items_count | products | d0
        100000            | 100000      | 40000    | 3
        """);
  }
}
