package io.itinera.core.customer;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.rule.OrderClasses;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.testing.SparkExtension;
import java.time.ZoneId;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SumTotalsTest {

  private static final CustomerRules RULES =
      new CustomerRules(
          new OrderClasses(90, 365, 3, 6, 0.05),
          90,
          Set.of("purchase"),
          Set.of("page_view"),
          Set.of("email"),
          ZoneId.of("UTC"));

  private static final String TOUCHPOINTS =
      """
      touchpoint_id | customer_id | event_date | occurred_at         | source | channel | type      | stage         | device | category | value
      e1            | ann         | 2024-05-01 | 2024-05-01 10:00:00 | ga     | web     | page_view | awareness     | phone  |          |
      e2            | ann         | 2024-05-01 | 2024-05-01 11:00:00 | till   | store   | purchase  | conversion    |        | tea      | 5.00
      e3            | ann         | 2024-05-06 | 2024-05-06 10:00:00 | ga     | web     | purchase  | conversion    | laptop | pots     | 7.00
      e4            | ann         | 2024-06-03 | 2024-06-03 10:00:00 | till   | store   | refund    |               |        |          | -2.00
      e5            | bob         | 2024-06-03 | 2024-06-03 12:00:00 | ga     | app     | page_view | consideration |        |          |
      """;

  @Test
  void daysOfCustomerAreAddedUp(SparkSession spark) {
    assertRows(
        SumTotals.totals(SumDays.days(wholeRows(spark, OwnedTouchpoints.VIEW, TOUCHPOINTS), RULES)),
        """
        customer_id | sources    | first_seen_at       | last_seen_at        | touchpoints_count | orders_count | order_value | refund_value | last_order_on | stages
        ann         | [ga, till] | 2024-05-01 10:00:00 | 2024-06-03 10:00:00 | 4                 | 2            | 12.0000     | -2.0000      | 2024-05-06    | {awareness -> 2024-05-01, conversion -> 2024-05-06}
        bob         | [ga]       | 2024-06-03 12:00:00 | 2024-06-03 12:00:00 | 1                 | 0            | 0.0000      | 0.0000       |               | {consideration -> 2024-06-03}
        """);
  }

  @Test
  void favouriteIsWhatCameMostOftenAndOfEqualsTheFirst(SparkSession spark) {
    // Mondays are 6 May and 3 June, a Wednesday is 1 May: two touchpoints each.
    assertRows(
        SumTotals.totals(SumDays.days(wholeRows(spark, OwnedTouchpoints.VIEW, TOUCHPOINTS), RULES)),
        """
        customer_id | favourite_channel | favourite_device | favourite_category | favourite_weekday | favourite_month
        ann         | store             | laptop           | pots               | 1                 | 5
        bob         | app               |                  |                    | 1                 | 6
        """);
  }
}
