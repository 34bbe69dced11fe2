package io.itinera.core.persona;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerFeatures;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.Sessions;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class BuildFeaturesTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);

  @Test
  void everyCustomerWithTouchpointsHasEveryFeatureAndNoneIsNull(SparkSession spark) {
    PersonaRules rules =
        new PersonaRules(
            Map.of(
                "orders", "sum(orders_count)",
                "order_value", "round(try_divide(sum(order_value), sum(orders_count)), 2)",
                "last_day", "min(days_ago)",
                "hopeless", "CAST('NaN' AS DOUBLE)",
                "hard", "count_if(repeat('ab', 9000) || customer_id RLIKE '(?<!x)(a|b)*c')"),
            10,
            2,
            3,
            1,
            100,
            3);
    Dataset<Row> customers =
        rows(
            spark,
            Customers.TABLE,
            """
            customer_id | touchpoints_count
            buyer       | 9
            looker      | 1
            gone        | 1
            never       | 0
            """);
    Dataset<Row> days =
        rows(
            spark,
            CustomerDays.TABLE,
            """
            customer_id | event_date | orders_count | order_value
            buyer       | 2024-12-22 | 2            | 10
            buyer       | 2024-12-29 | 1            | 5.5
            buyer       | 2024-12-21 | 5            | 99
            buyer       | 2025-01-01 | 5            | 99
            looker      | 2024-12-31 | 0            |
            gone        | 2024-12-21 | 1            | 1
            never       | 2024-12-31 | 1            | 1
            """);

    Dataset<Row> features = BuildFeatures.features(customers, days, AS_OF, rules);

    assertThat(features.columns())
        .containsExactly(
            CustomerFeatures.CUSTOMER_ID,
            CustomerFeatures.AS_OF,
            "hard",
            "hopeless",
            "last_day",
            "order_value",
            "orders");
    assertRows(
        features,
        """
        customer_id | as_of      | orders | order_value | last_day | hopeless | hard
        buyer       | 2024-12-31 | 3.0    | 5.17        | 2.0      | 0.0      | 0.0
        looker      | 2024-12-31 | 0.0    | 0.0         | 0.0      | 0.0      | 0.0
        gone        | 2024-12-31 | 0.0    | 0.0         | 0.0      | 0.0      | 0.0
        """);
  }

  @Test
  void whatIsMissingIsTheNumberThatIsSaidOfTheFeature(SparkSession spark) {
    PersonaRules rules =
        new PersonaRules(
                Map.of(
                    "rating", "try_divide(sum(ratings_sum), sum(ratings_count))",
                    "silence", "min(days_ago)"),
                10,
                2,
                3,
                1,
                100,
                3)
            .with(
                new FeatureUse(
                    Set.of("rating"),
                    Map.of("rating", 3.5, "silence", 10.0),
                    Set.of(),
                    "true",
                    Map.of(),
                    Map.of(),
                    FeatureUnits.BY_NAME));
    Dataset<Row> customers =
        rows(
            spark,
            Customers.TABLE,
            """
            customer_id | touchpoints_count
            ann         | 1
            bob         | 1
            gone        | 1
            """);
    Dataset<Row> days =
        rows(
            spark,
            CustomerDays.TABLE,
            """
            customer_id | event_date | ratings_sum | ratings_count
            ann         | 2024-12-30 | 9           | 2
            bob         | 2024-12-31 | 0           | 0
            gone        | 2024-12-01 | 5           | 1
            """);

    assertRows(
        BuildFeatures.features(customers, days, AS_OF, rules),
        """
        customer_id | rating | silence
        ann         | 4.5    | 1.0
        bob         | 3.5    | 0.0
        gone        | 3.5    | 10.0
        """);
  }

  @Test
  void whatIsMissingIsAsUsualWhereThatIsAskedFor(SparkSession spark) {
    PersonaRules rules =
        new PersonaRules(
            Feature.overDays(Map.of("basket", "try_divide(sum(order_value), sum(orders_count))")),
            10,
            2,
            3,
            1,
            100,
            3,
            new FeatureUse(
                Set.of("basket"),
                Map.of(),
                Set.of(),
                "true",
                Map.of(),
                Map.of(),
                FeatureUnits.BY_NAME),
            Retraining.NIGHTLY,
            Grouping.USUAL);
    Dataset<Row> customers =
        rows(
            spark,
            Customers.TABLE,
            """
            customer_id | touchpoints_count
            ann         | 1
            bob         | 1
            free        | 1
            looker      | 1
            gone        | 1
            """);
    Dataset<Row> days =
        rows(
            spark,
            CustomerDays.TABLE,
            """
            customer_id | event_date | orders_count | order_value
            ann         | 2024-12-30 | 1            | 10
            bob         | 2024-12-30 | 2            | 40
            free        | 2024-12-30 | 1            | 0
            looker      | 2024-12-31 | 0            | 0
            gone        | 2024-12-01 | 1            | 99
            """);

    assertRows(
        BuildFeatures.features(customers, days, AS_OF, rules),
        """
        customer_id | basket
        ann         | 10.0
        bob         | 20.0
        free        | 0.0
        looker      | 10.0
        gone        | 10.0
        """);
  }

  @Test
  void featuresAreOverSessionsJourneysCardsAndScoresToo(SparkSession spark) {
    Map<String, Feature> features =
        Map.of(
            "orders", Feature.over(FeatureTable.CUSTOMER_DAYS, "sum(orders_count)"),
            "long_calls", Feature.over(FeatureTable.SESSIONS, "max(duration_seconds)"),
            "silence", Feature.over(FeatureTable.SESSIONS, "min(days_ago)"),
            "conversions", Feature.over(FeatureTable.JOURNEYS, "count_if(outcome = 'converted')"),
            "age", Feature.over(FeatureTable.CUSTOMERS, "age_years"),
            "is_champion", Feature.over(FeatureTable.RFM, "int(segment = 'champions')"));
    PersonaRules rules =
        new PersonaRules(
            features,
            10,
            2,
            3,
            1,
            100,
            3,
            new FeatureUse(
                Set.of("age"),
                Map.of("silence", 10.0),
                Set.of(),
                "true",
                Map.of(),
                Map.of(),
                FeatureUnits.BY_NAME),
            Retraining.NIGHTLY,
            Grouping.USUAL);
    Dataset<Row> customers =
        rows(
            spark,
            Customers.TABLE,
            """
            customer_id | touchpoints_count | age_years
            ann         | 5                 | 30
            bob         | 1                 |
            never       | 0                 | 90
            """);
    Dataset<Row> sessions =
        rows(
            spark,
            Sessions.TABLE,
            """
            session_id | customer_id | duration_seconds | event_date
            s1         | ann         | 60               | 2024-12-22
            s2         | ann         | 30               | 2024-12-30
            s3         | ann         | 999              | 2024-12-21
            s4         |             | 999              | 2024-12-30
            """);
    Dataset<Row> journeys =
        rows(
            spark,
            Journeys.TABLE,
            """
            journey_id | customer_id | outcome   | ended_on
            j1         | ann         | converted | 2024-12-30
            j2         | ann         | abandoned | 2024-12-24
            j3         | bob         | abandoned | 2024-12-24
            """);
    Dataset<Row> scores =
        rows(
            spark,
            RfmScores.TABLE,
            """
            customer_id | as_of      | segment
            ann         | 2024-12-31 | champions
            """);

    FeatureRows rows =
        new FeatureRows(
            customers,
            Map.of(
                FeatureTable.CUSTOMER_DAYS,
                    rows(spark, CustomerDays.TABLE, "customer_id | event_date | orders_count\n"),
                FeatureTable.SESSIONS, sessions,
                FeatureTable.JOURNEYS, journeys,
                FeatureTable.CUSTOMERS, customers,
                FeatureTable.RFM, scores));

    assertRows(
        BuildFeatures.features(rows, AS_OF, rules),
        """
        customer_id | orders | long_calls | silence | conversions | age  | is_champion
        ann         | 0.0    | 60.0       | 1.0     | 1.0         | 30.0 | 1.0
        bob         | 0.0    | 0.0        | 10.0    | 0.0         | 30.0 | 0.0
        """);
  }

  @Test
  void sessionsCountOnceTheirLastDayIsOver(SparkSession spark) {
    Dataset<Row> sessions =
        rows(
            spark,
            Sessions.TABLE,
            """
            session_id | started_at          | ended_at
            over       | 2024-12-30 23:00:00 | 2024-12-30 23:59:59
            today      | 2024-12-30 23:59:00 | 2024-12-31 00:00:00
            """);

    assertRows(
        FeatureRows.overBefore(Instant.parse("2024-12-31T00:00:00Z"), sessions)
            .select(Sessions.SESSION_ID),
        """
        session_id
        over
        """);
  }

  @Test
  void journeysCountOnceTheirOutcomeIsKnown(SparkSession spark) {
    Dataset<Row> journeys =
        rows(
            spark,
            Journeys.TABLE,
            """
            journey_id | outcome   | ended_at
            bought     | converted | 2024-12-31 23:59:59
            later      | converted | 2025-01-01 00:00:00
            silent     | abandoned | 2024-12-01 23:59:59
            waits      | abandoned | 2024-12-02 00:00:00
            """);

    assertRows(
        FeatureRows.overBy(Instant.parse("2025-01-01T00:00:00Z"), Duration.ofDays(30), journeys)
            .select(Journeys.JOURNEY_ID),
        """
        journey_id
        bought
        silent
        """);
  }
}
