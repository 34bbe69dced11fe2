package io.itinera.core.settle;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;

import io.itinera.core.source.BotRules;
import io.itinera.core.table.Touchpoints;
import io.itinera.testing.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RepeatedOrdersTest {

  private static final BotRules BOTS = new BotRules("", 0, true);

  @Test
  void firstPurchaseOfAnOrderHasItsValueAndTheOthersNameIt(SparkSession spark) {
    assertRows(
        settled(
            spark,
            """
            touchpoint_id | source | type      | order_id | occurred_at         | sequence | value | recorded_value
            later         | web    | purchase  | 9        | 2026-01-02 10:00:00 | 1        | 5     | 5
            same second   | web    | purchase  | 9        | 2026-01-01 10:00:00 | 3        | 5     | 5
            first         | web    | purchase  | 9        | 2026-01-01 10:00:00 | 2        | 5     | 5
            view          | web    | page_view | 9        | 2026-01-01 09:00:00 | 1        |       |
            refund        | web    | refund    | 9        | 2026-01-03 10:00:00 | 1        | -5    | -5
            another       | web    | purchase  | 10       | 2026-01-01 10:00:00 | 1        | 7     | 7
            no id         | web    | purchase  |          | 2026-01-01 10:00:00 | 1        | 1     | 1
            no id either  | web    | purchase  |          | 2026-01-01 10:00:00 | 1        | 1     | 1
            elsewhere     | till   | purchase  | 9        | 2026-01-01 10:00:00 | 1        | 2     | 2
            line two      | till   | purchase  | 9        | 2026-01-01 10:00:00 | 2        | 3     | 3
            """),
        """
        touchpoint_id | value | recorded_value | repeats_touchpoint_id
        later         |       | 5.0000         | first
        same second   |       | 5.0000         | first
        """);
  }

  @Test
  void valueComesBackWhenTheFirstPurchaseHasGone(SparkSession spark) {
    assertRows(
        settled(
            spark,
            """
            touchpoint_id | source | type     | order_id | occurred_at         | value | recorded_value | repeats_touchpoint_id
            now first     | web    | purchase | 9        | 2026-01-02 10:00:00 |       | 5              | gone
            last          | web    | purchase | 9        | 2026-01-03 10:00:00 |       | 5              | gone
            """),
        """
        touchpoint_id | value  | repeats_touchpoint_id
        now first     | 5.0000 |
        last          |        | now first
        """);
  }

  @Test
  void machineHidesNoPersonsPurchase(SparkSession spark) {
    assertRows(
        settled(
            spark,
            """
            touchpoint_id | source | type     | order_id | occurred_at         | value | recorded_value | bot_reason
            machine       | web    | purchase | 9        | 2026-01-01 10:00:00 | 5     | 5              | rate
            person        | web    | purchase | 9        | 2026-01-02 10:00:00 | 5     | 5              |
            """),
        """
        touchpoint_id | value | repeats_touchpoint_id
        machine       |       | person
        """);
  }

  @Test
  void valueThatWasLostWithoutAMarkComesBack(SparkSession spark) {
    assertRows(
        settled(
            spark,
            """
            touchpoint_id | source | type     | order_id | occurred_at         | value | recorded_value
            only          | web    | purchase | 9        | 2026-01-01 10:00:00 |       | 5
            """),
        """
        touchpoint_id | value  | repeats_touchpoint_id
        only          | 5.0000 |
        """);
  }

  private static Dataset<Row> settled(SparkSession spark, String text) {
    Dataset<Row> touchpoints = wholeRows(spark, Touchpoints.TABLE, text);
    Dataset<Row> records = RepeatedOrders.records(touchpoints, List.of("web"), BOTS);
    return RepeatedOrders.marked(touchpoints, RepeatedOrders.marks(records));
  }
}
