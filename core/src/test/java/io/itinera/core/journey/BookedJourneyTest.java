package io.itinera.core.journey;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.journey.JourneyRules.Repeats;
import io.itinera.core.journey.JourneyRules.StepLabel;
import io.itinera.core.journey.JourneyRules.StepUnit;
import io.itinera.core.rule.Place;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Sessions;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class BookedJourneyTest {

  private static final Instant END = Instant.parse("2024-07-01T00:00:00Z");
  private static final JourneyRules RULES =
      new JourneyRules(
          Duration.ofDays(30),
          Set.of("purchase"),
          StepUnit.SESSION,
          StepLabel.CHANNEL,
          Repeats.EXPOSURE,
          Set.of(),
          Set.of(),
          ZoneId.of("UTC"));

  @Test
  void refundIsOfTheJourneyOfItsOrderWhateverWasBoughtSince(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | type     | occurred_at         | sequence | order_id | value
            e1            | ann         | purchase | 2024-05-01 10:00:00 | 1        | o1       | 20.00
            e2            | ann         | purchase | 2024-05-02 10:00:00 | 1        | o2       | 30.00
            e3            | ann         | refund   | 2024-05-03 10:00:00 | 1        | o1       | -5.00
            e4            | ann         | refund   | 2024-05-03 10:00:00 | 2        | o1       | -5.00
            """),
        """
        journey_number | outcome   | revenue | refunded
        1              | converted | 20.0000 | 10.0000
        2              | converted | 30.0000 | 0.0000
        3              | abandoned | 0.0000  | 0.0000
        """);
  }

  @Test
  void refundBeforeTheRecordOfItsOrderIsOfItsJourneyToo(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | type     | occurred_at         | sequence | order_id | value
            e1            | ann         | purchase | 2024-05-01 10:00:00 | 1        | o1       | 20.00
            e2            | ann         | refund   | 2024-05-02 10:00:00 | 1        | o2       | -7.00
            e3            | ann         | purchase | 2024-05-02 10:00:01 | 1        | o2       | 30.00
            """),
        """
        journey_number | revenue | refunded
        1              | 20.0000 | 0.0000
        2              | 30.0000 | 7.0000
        """);
  }

  @Test
  void refundOfNoKnownOrderIsOfTheLastConvertedJourneyBefore(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | type     | occurred_at         | sequence | order_id | value
            e1            | ann         | purchase | 2024-02-01 10:00:00 | 1        | o1       | 20.00
            e2            | ann         | visit    | 2024-04-01 10:00:00 | 1        |          |
            e3            | ann         | refund   | 2024-06-01 10:00:00 | 1        |          | -1.00
            e4            | ann         | refund   | 2024-06-01 10:00:00 | 2        | o9       | -2.00
            e5            | ann         | purchase | 2024-06-01 10:00:00 | 3        | o2       | 30.00
            e6            | bob         | purchase | 2024-02-01 10:00:00 | 1        | o9       | 40.00
            """),
        """
        customer_id | journey_number | revenue | refunded
        ann         | 1              | 20.0000 | 3.0000
        ann         | 2              | 0.0000  | 0.0000
        ann         | 3              | 30.0000 | 0.0000
        bob         | 1              | 40.0000 | 0.0000
        """);
  }

  @Test
  void refundIsOfTheOrderOfItsOwnSourceIfTwoNumberTheirOrdersAlike(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | source | type     | occurred_at         | sequence | order_id | value
            e1            | ann         | till   | purchase | 2024-05-01 10:00:00 | 1        | 17       | 20.00
            e2            | ann         | shop   | purchase | 2024-05-02 10:00:00 | 1        | 17       | 30.00
            e3            | ann         | shop   | refund   | 2024-05-03 10:00:00 | 1        | 17       | -5.00
            e4            | ann         | till   | refund   | 2024-05-03 11:00:00 | 1        | 17       | -2.00
            e5            | ann         | phone  | refund   | 2024-05-03 12:00:00 | 1        | 17       | -0.50
            """),
        """
        journey_number | revenue | refunded | order_ids | order_sources
        1              | 20.0000 | 2.5000   | [17]      | [till]
        2              | 30.0000 | 5.0000   | [17]      | [shop]
        3              | 0.0000  | 0.0000   | []        | []
        """);
  }

  @Test
  void linesOfTwoSourcesAreTwoOrdersHoweverTheyAreNumbered(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | event_date | source | type     | occurred_at         | sequence | order_id | value
            e1            | ann         | 2024-05-01 | till   | purchase | 2024-05-01 10:00:00 | 1        | 17       | 20.00
            e2            | ann         | 2024-05-01 | shop   | purchase | 2024-05-01 10:05:00 | 1        | 17       | 30.00
            e3            | ann         | 2024-05-01 | till   | purchase | 2024-05-01 10:06:00 | 1        | 17       | 1.00
            """),
        """
        journey_number | revenue | touchpoints_count
        1              | 21.0000 | 2
        2              | 30.0000 | 1
        """);
  }

  @Test
  void linesOfAnOrderAtBothSidesOfMidnightAreOneConversion(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | event_date | source | type     | occurred_at                | sequence | order_id | value
            e1            | ann         | 2024-05-01 | till   | purchase | 2024-05-01 23:30:00        | 1        | 17       | 20.00
            e2            | ann         | 2024-05-02 | till   | purchase | 2024-05-02 02:30:00        | 1        | 17       | 1.00
            e3            | ann         | 2024-05-02 | till   | purchase | 2024-05-02 02:30:00.000001 | 1        | 17       | 2.00
            e4            | ann         | 2024-05-02 | till   | purchase | 2024-05-02 23:00:00        | 1        | 17       | 4.00
            """),
        """
        journey_number | revenue | touchpoints_count | conversion_touchpoint_id
        1              | 21.0000 | 2                 | e1
        2              | 6.0000  | 2                 | e3
        """);
  }

  @Test
  void refundOfWhoHasBoughtNothingIsOfTheJourneyThatItHappenedIn(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            """
            touchpoint_id | customer_id | type     | occurred_at         | sequence | order_id | value
            e1            | ann         | refund   | 2024-06-01 10:00:00 | 1        |          | -1.00
            e2            | ann         | purchase | 2024-06-02 10:00:00 | 1        |          | 5.00
            """),
        """
        journey_number | outcome   | revenue | refunded
        1              | converted | 5.0000  | 1.0000
        """);
  }

  @Test
  void ofJourneysThatStayOnlyThoseChangeOfWhichMoreCameBack(SparkSession spark) {
    String before =
        """
        touchpoint_id | customer_id | type     | occurred_at         | sequence | order_id | value
        e1            | ann         | purchase | 2024-03-01 10:00:00 | 1        | o1       | 20.00
        e2            | ann         | purchase | 2024-03-02 10:00:00 | 1        | o2       | 30.00
        """;
    String refund =
        """
        e3            | ann         | refund   | 2024-06-01 10:00:00 | 1        | o1       | -4.00
        """;
    Dataset<Row> stored = journeys(spark, before).persist();
    Dataset<Row> none = spark.createDataFrame(List.of(), Sessions.TABLE.schema());
    Dataset<Row> affected =
        spark.sql("SELECT 'ann' AS customer_id, timestamp'2024-06-01 10:00:00' AS from_at");
    CarryJourneys carry = CarryJourneys.of(affected, stored, none, RULES);
    Dataset<Row> touchpoints =
        wholeRows(spark, OwnedTouchpoints.VIEW, before + refund)
            .join(carry.since(), "customer_id")
            .where(Place.ofTouchpoint().geq(col(CarryJourneys.SINCE)));

    assertRows(
        CutJourneys.journeys(touchpoints, carry, END, RULES),
        """
        first_touchpoint_id | revenue | refunded
        e1                  | 20.0000 | 4.0000
        e3                  | 0.0000  | 0.0000
        """);
  }

  private static Dataset<Row> journeys(SparkSession spark, String touchpoints) {
    Dataset<Row> none = spark.createDataFrame(List.of(), Journeys.TABLE.schema());
    return CutJourneys.journeys(
        wholeRows(spark, OwnedTouchpoints.VIEW, touchpoints),
        CarryJourneys.nothing(none),
        END,
        RULES);
  }
}
