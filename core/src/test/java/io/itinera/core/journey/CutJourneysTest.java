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
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CutJourneysTest {

  private static final Instant END = Instant.parse("2024-07-01T00:00:00Z");

  @Test
  void conversionEndsJourneyAndSilenceLongerThanGapToo(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            Repeats.EXPOSURE,
            """
            touchpoint_id | customer_id | channel | type      | stage         | occurred_at         | sequence | session_id | value
            e1            | ann         | email   | click     | awareness     | 2024-05-01 10:00:00 | 1        | s1         |
            e2            | ann         | web     | page_view | consideration | 2024-05-01 22:00:00 | 1        | s2         |
            e3            | ann         | web     | purchase  | conversion    | 2024-05-01 22:00:00 | 2        | s2         | 20.00
            e4            | ann         | web     | page_view | consideration | 2024-05-01 22:01:00 | 1        | s2         |
            e5            | ann         | web     | page_view | consideration | 2024-05-31 22:01:00 | 1        | s3         |
            e6            | ann         | call    | complaint | retention     | 2024-06-30 22:01:01 | 1        | s4         |
            """),
        """
        journey_number | outcome   | path_text   | touchpoints_count | sessions_count | revenue | days_to_convert | stage_reached | conversion_touchpoint_id | had_contact_centre | had_complaint
        1              | converted | email > web | 3                 | 2              | 20.0000 | 0.5             | conversion    | e3                       | false              | false
        2              | abandoned | web         | 2                 | 2              | 0.0000  |                 | consideration |                          | false              | false
        3              | open      | call        | 1                 | 1              | 0.0000  |                 | retention     |                          | true               | true
        """);
  }

  @Test
  void linesOfOneReceiptAreOneConversion(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            Repeats.EXPOSURE,
            """
            touchpoint_id | customer_id | channel | type     | occurred_at         | sequence | session_id | order_id | value
            e1            | ann         | store   | purchase | 2024-06-01 10:00:00 | 1        | s1         | r1       | 2.00
            e2            | ann         | store   | purchase | 2024-06-01 10:00:00 | 2        | s1         | r1       | 3.00
            e3            | ann         | store   | purchase | 2024-06-01 10:00:00 | 3        | s2         | r2       | 4.00
            """),
        """
        journey_number | outcome   | touchpoints_count | revenue | conversion_touchpoint_id
        1              | converted | 2                 | 5.0000  | e1
        2              | converted | 1                 | 4.0000  | e3
        """);
  }

  @Test
  void linesTypedInOneAfterTheOtherAreOneConversionWhateverHappensBetweenThem(SparkSession spark) {
    assertRows(
        journeys(
            spark,
            Repeats.EXPOSURE,
            """
            touchpoint_id | customer_id | channel | type      | occurred_at         | event_date | sequence | session_id | source | order_id | value
            e1            | ann         | store   | purchase  | 2024-06-01 10:00:00 | 2024-06-01 | 1        | s1         | till   | r1       | 2.00
            e2            | ann         | store   | purchase  | 2024-06-01 10:00:04 | 2024-06-01 | 1        | s1         | till   | r1       | 3.00
            e3            | ann         | web     | page_view | 2024-06-01 10:00:05 | 2024-06-01 | 1        | s2         | site   |          |
            e4            | ann         | store   | purchase  | 2024-06-01 10:00:09 | 2024-06-01 | 1        | s1         | till   | r1       | 4.00
            e5            | ann         | store   | purchase  | 2024-06-02 09:00:00 | 2024-06-02 | 1        | s3         | till   | r1       | 5.00
            """),
        """
        journey_number | outcome   | started_at          | ended_at            | touchpoints_count | sessions_count | revenue | path_text   | days_to_convert
        1              | converted | 2024-06-01 10:00:00 | 2024-06-01 10:00:04 | 3                 | 1              | 9.0000  | store       | 0.0
        2              | converted | 2024-06-01 10:00:05 | 2024-06-02 09:00:00 | 2                 | 2              | 5.0000  | web > store | 0.958275462962963
        """);
  }

  @Test
  void lateLineOfAnOrderIsOfItsJourney(SparkSession spark) {
    String before =
        """
        touchpoint_id | customer_id | channel | type      | occurred_at         | event_date | sequence | session_id | source | order_id | value
        e1            | ann         | store   | purchase  | 2024-06-01 09:00:00 | 2024-06-01 | 1        | s0         | till   | r0       | 1.00
        e2            | ann         | store   | purchase  | 2024-06-01 09:00:01 | 2024-06-01 | 1        | s1         | till   | r1       | 2.00
        e3            | ann         | web     | page_view | 2024-06-01 10:00:05 | 2024-06-01 | 1        | s2         | site   |          |
        """;
    String line =
        """
        e4            | ann         | store   | purchase  | 2024-06-01 10:00:09 | 2024-06-01 | 1        | s1         | till   | r1       | 4.00
        """;
    String last =
        """
        e5            | ann         | web     | page_view | 2024-06-03 10:00:09 | 2024-06-03 | 1        | s4         | site   |          |
        """;

    Dataset<Row> late = followed(spark, before, line, "2024-06-01 10:00:09");
    Dataset<Row> later = followed(spark, before + line, last, "2024-06-03 10:00:09");

    assertRows(
        late,
        """
        first_touchpoint_id | journey_number | revenue | touchpoints_count
        e1                  | 1              | 1.0000  | 1
        e2                  | 2              | 6.0000  | 2
        e3                  | 3              | 0.0000  | 1
        """);
    assertRows(
        later,
        """
        first_touchpoint_id | journey_number | revenue | touchpoints_count
        e3                  | 3              | 0.0000  | 2
        """);
  }

  /** What a night writes anew that brings {@code added} behind {@code before}. */
  private static Dataset<Row> followed(
      SparkSession spark, String before, String added, String from) {
    Dataset<Row> stored = journeys(spark, Repeats.EXPOSURE, before).persist();
    Dataset<Row> none = spark.createDataFrame(java.util.List.of(), Sessions.TABLE.schema());
    Dataset<Row> affected =
        spark.sql("SELECT 'ann' AS customer_id, timestamp'%s' AS from_at".formatted(from));
    CarryJourneys carry = CarryJourneys.of(affected, stored, none, rules(Repeats.EXPOSURE));
    Dataset<Row> touchpoints =
        wholeRows(spark, OwnedTouchpoints.VIEW, before + added)
            .join(carry.since(), "customer_id")
            .where(Place.ofTouchpoint().geq(col(CarryJourneys.SINCE)));
    return CutJourneys.journeys(touchpoints, carry, END, rules(Repeats.EXPOSURE));
  }

  @Test
  void repeatsFollowTheirRule(SparkSession spark) {
    String visits =
        """
        touchpoint_id | customer_id | channel | type  | occurred_at         | sequence | session_id
        e1            | ann         | direct  | visit | 2024-06-01 10:00:00 | 1        | s1
        e2            | ann         | email   | visit | 2024-06-02 10:00:00 | 1        | s2
        e3            | ann         | email   | visit | 2024-06-03 10:00:00 | 1        | s3
        e4            | ann         | direct  | visit | 2024-06-04 10:00:00 | 1        | s4
        """;

    assertRows(
        journeys(spark, Repeats.EXPOSURE, visits)
            .unionByName(journeys(spark, Repeats.UNIQUE, visits))
            .unionByName(journeys(spark, Repeats.FIRST, visits))
            .unionByName(journeys(spark, Repeats.REMOVE_DIRECT, visits)),
        """
        path_text                        | channels
        direct > email > direct          | [direct, email]
        direct > email > email > direct  | [direct, email]
        direct > email                   | [direct, email]
        email                            | [direct, email]
        """);
  }

  @Test
  void carriedJourneyGoesOnAsIfItHadBeenMadeAtOnce(SparkSession spark) {
    String before =
        """
        touchpoint_id | customer_id | channel | type      | stage         | occurred_at         | sequence | session_id | value
        e1            | ann         | email   | click     | awareness     | 2024-06-01 10:00:00 | 1        | s1         |
        e2            | ann         | web     | page_view | consideration | 2024-06-02 10:00:00 | 1        | s2         |
        """;
    String added =
        """
        e3            | ann         | web     | page_view | consideration | 2024-06-02 10:05:00 | 1        | s2         |
        e4            | ann         | store   | purchase  | conversion    | 2024-06-03 10:00:00 | 1        | s3         | 9.99
        e5            | ann         | web     | page_view | consideration | 2024-06-04 10:00:00 | 1        | s4         |
        """;
    Dataset<Row> stored = journeys(spark, Repeats.EXPOSURE, before).persist();
    Dataset<Row> sessions =
        wholeRows(
            spark,
            Sessions.TABLE,
            """
            session_id | customer_id | started_at          | ended_at
            s1         | ann         | 2024-06-01 10:00:00 | 2024-06-01 10:00:00
            s2         | ann         | 2024-06-02 10:00:00 | 2024-06-02 10:05:00
            s3         | ann         | 2024-06-03 10:00:00 | 2024-06-03 10:00:00
            s4         | ann         | 2024-06-04 10:00:00 | 2024-06-04 10:00:00
            """);
    Dataset<Row> affected =
        spark.sql("SELECT 'ann' AS customer_id, timestamp'2024-06-02 10:05:00' AS from_at");

    CarryJourneys carry = CarryJourneys.of(affected, stored, sessions, rules(Repeats.EXPOSURE));
    Dataset<Row> later =
        wholeRows(spark, OwnedTouchpoints.VIEW, before + added)
            .join(carry.since(), "customer_id")
            .where(Place.ofTouchpoint().geq(col(CarryJourneys.SINCE)));

    String whole = text(journeys(spark, Repeats.EXPOSURE, before + added));
    assertRows(
        CutJourneys.journeys(later, carry, END, rules(Repeats.EXPOSURE))
            .selectExpr("to_json(struct(*)) AS json"),
        whole);
  }

  private static String text(Dataset<Row> rows) {
    StringBuilder text = new StringBuilder("json\n");
    rows.selectExpr("to_json(struct(*)) AS json")
        .collectAsList()
        .forEach(row -> text.append(row.getString(0)).append('\n'));
    return text.toString();
  }

  private static Dataset<Row> journeys(SparkSession spark, Repeats repeats, String touchpoints) {
    Dataset<Row> none = spark.createDataFrame(java.util.List.of(), Journeys.TABLE.schema());
    return CutJourneys.journeys(
        wholeRows(spark, OwnedTouchpoints.VIEW, touchpoints),
        CarryJourneys.nothing(none),
        END,
        rules(repeats));
  }

  private static JourneyRules rules(Repeats repeats) {
    return new JourneyRules(
        Duration.ofDays(30),
        Set.of("purchase"),
        StepUnit.SESSION,
        StepLabel.CHANNEL,
        repeats,
        Set.of("call", "chat"),
        Set.of("complaint"),
        ZoneId.of("UTC"));
  }
}
