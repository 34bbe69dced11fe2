package io.itinera.core.path;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.path.LookAround.Anchor;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class LookAroundTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);
  private static final String CART = "Add to cart";

  private static final String SHOP =
      """
      journey_id | outcome   | ended_on   | path_text                                                                | stage_reached
      j1         | converted | 2024-12-31 | Home > Products > Add to cart > Products > Add to cart > Billing > Order | 0 10 20 30 40 50 60
      """;

  private static final String SEVERAL =
      """
      journey_id | outcome   | ended_on   | path_text                   | stage_reached
      j1         | converted | 2024-12-31 | view > cart > call > buy    | 0 10 30 40
      j2         | converted | 2024-12-31 | cart > buy                  | 0 6
      j3         | converted | 2024-12-31 | cart > call > call > buy    | 0 0 9 9
      j4         | abandoned | 2024-12-31 | view > cart                 | 0 50
      j5         | abandoned | 2024-12-31 | cart > buy > cart > view    | 0 1 2 3
      j6         | open      | 2024-12-31 | cart                        | 0
      j7         | converted | 2023-12-31 | cart > buy                  | 0 1
      j8         | converted | 2024-12-31 |                             |
      """;

  /** The example of the issue that asked for it. */
  @Test
  void workedExampleOfAShop(SparkSession spark) {
    assertThat(steps(spark, 0, "after")).isEqualTo(Map.of("Products", 1L, "Billing", 1L));
    assertThat(steps(spark, 1, "after")).isEqualTo(Map.of("Products", 1L));
    assertThat(steps(spark, 0, "before")).isEqualTo(Map.of("Products", 2L));
    assertThat(steps(spark, -1, "before")).isEqualTo(Map.of("Products", 1L));
    assertThat(steps(spark, -1, "after")).isEqualTo(Map.of("Billing", 1L));
    assertThat(steps(spark, 3, "after")).isEmpty();
  }

  @Test
  void whatIsAroundAStepIsToldApartByHowJourneysEnded(SparkSession spark) {
    assertRows(
        around(spark, SEVERAL, Anchor.at("cart", 0)),
        """
        side   | outcome   | step    | times_count | journeys_count | share              | median_seconds
        before | converted | (start) | 2           | 2              | 0.6666666666666666 |
        before | converted | view    | 1           | 1              | 0.3333333333333333 | 10.0
        after  | converted | call    | 2           | 2              | 0.6666666666666666 | 10.0
        after  | converted | buy     | 1           | 1              | 0.3333333333333333 | 6.0
        before | abandoned | (start) | 1           | 1              | 0.3333333333333333 |
        before | abandoned | view    | 1           | 1              | 0.3333333333333333 | 50.0
        before | abandoned | buy     | 1           | 1              | 0.3333333333333333 | 1.0
        after  | abandoned | (exit)  | 1           | 1              | 0.3333333333333333 |
        after  | abandoned | buy     | 1           | 1              | 0.3333333333333333 | 1.0
        after  | abandoned | view    | 1           | 1              | 0.3333333333333333 | 1.0
        before | open      | (start) | 1           | 1              | 1.0                |
        after  | open      | (open)  | 1           | 1              | 1.0                |
        """);
  }

  @Test
  void betweenTwoStepsIsWhatLiesThereAndHowManyDropped(SparkSession spark) {
    // Of j3 two calls are one step between; j5 does not buy behind its second cart.
    assertRows(
        around(spark, SEVERAL, new Anchor("cart", "buy", 0)).where(col("side").notEqual("before")),
        """
        side        | outcome   | step         | times_count | journeys_count | share              | median_seconds
        reached     | converted | buy          | 3           | 3              | 1.0                | 9.0
        between     | converted | call         | 2           | 2              | 0.6666666666666666 | 10.0
        between     | converted | (directly)   | 1           | 1              | 0.3333333333333333 |
        after       | converted | (conversion) | 3           | 3              | 1.0                |
        reached     | abandoned | buy          | 1           | 1              | 0.3333333333333333 | 1.0
        not reached | abandoned | buy          | 2           | 2              | 0.6666666666666666 |
        between     | abandoned | (directly)   | 1           | 1              | 1.0                |
        after       | abandoned | cart         | 1           | 1              | 0.3333333333333333 | 1.0
        not reached | open      | buy          | 1           | 1              | 1.0                |
        """);
  }

  private static Map<String, Long> steps(SparkSession spark, int occurrence, String side) {
    Map<String, Long> steps = new TreeMap<>();
    around(spark, SHOP, Anchor.at(CART, occurrence))
        .where(col("side").equalTo(side))
        .collectAsList()
        .forEach(
            row -> steps.put(row.getAs(LookAround.STEP), row.<Long>getAs(LookAround.TIMES_COUNT)));
    return steps;
  }

  private static Dataset<Row> around(SparkSession spark, String journeys, Anchor anchor) {
    return LookAround.around(
        JourneyText.journeys(spark, journeys), AS_OF, PathRules.of(10), anchor);
  }
}
