package io.itinera.core.customer;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.lit;

import io.itinera.core.rule.OrderClasses;
import io.itinera.core.table.Identities;
import io.itinera.core.table.OwnedTouchpoints;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.Sessions;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What people do counts, not who they are: a man of twenty who looks at creams against ageing for
 * his mother, asks in the chat and buys belongs to those who may buy such creams.
 */
@ExtendWith(SparkExtension.class)
class BehaviourFirstTest {

  private static final CustomerRules RULES =
      new CustomerRules(
          new OrderClasses(90, 365, 3, 6, 0.05),
          90,
          Set.of("purchase"),
          Set.of("product_view"),
          Set.of("email"),
          ZoneId.of("UTC"));

  @Test
  void youngManWhoBuysForHisMotherIsAProspectOfWhatHeBuys(SparkSession spark) {
    Dataset<Row> touchpoints =
        wholeRows(
            spark,
            OwnedTouchpoints.VIEW,
            """
            touchpoint_id | customer_id | event_date | occurred_at         | source | channel | type         | order_id | value | category
            t1            | tom         | 2026-05-01 | 2026-05-01 10:00:00 | ga     | web     | product_view |          |       | anti-ageing
            t2            | tom         | 2026-05-01 | 2026-05-01 10:03:00 | ga     | web     | product_view |          |       | anti-ageing
            t3            | tom         | 2026-05-01 | 2026-05-01 10:05:00 | chat   | chat    | chat         |          |       |
            t4            | tom         | 2026-05-01 | 2026-05-01 10:20:00 | ga     | web     | purchase     | o1       | 49.00 | anti-ageing
            t5            | max         | 2026-05-01 | 2026-05-01 11:00:00 | ga     | web     | purchase     | o2       | 9.00  | shaving
            """);
    Dataset<Row> profiles =
        wholeRows(
                spark,
                Profiles.TABLE,
                """
                source | record_id | birth_date | gender | updated_at
                crm    | 1         | 2006-02-01 | m      | 2026-01-01 00:00:00
                """)
            .withColumn(DescribePersons.PERSON_ID, lit("tom"));
    Dataset<Row> identities =
        wholeRows(
            spark,
            Identities.TABLE,
            """
            type  | value           | customer_id | assigned_by
            email | tom@example.org | tom         | graph
            email | max@example.org | max         | graph
            """);
    Dataset<Row> totals = SumTotals.totals(SumDays.days(touchpoints, RULES)).localCheckpoint();

    Dataset<Row> cards =
        Classify.cards(
            MakeCards.cards(
                identities,
                totals,
                DescribePersons.persons(profiles, Survivorship.USUAL),
                new MakeCards.CardInputs(wholeRows(spark, Sessions.TABLE, "session_id\n"), RULES)),
            totals,
            LocalDate.of(2026, 5, 2),
            RULES);

    assertRows(
        cards.where("favourite_category = 'anti-ageing'"),
        """
        customer_id | age_years | gender | favourite_category | favourite_channel | orders_count
        tom         | 20        | m      | anti-ageing        | web               | 1
        """);
  }
}
