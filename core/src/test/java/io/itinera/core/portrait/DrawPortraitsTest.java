package io.itinera.core.portrait;

import static io.itinera.testing.TableText.assertRows;
import static io.itinera.testing.TableText.wholeRows;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.Customers;
import io.itinera.core.table.PersonaTraits;
import io.itinera.testing.SparkExtension;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class DrawPortraitsTest {

  private static final LocalDate AS_OF = LocalDate.of(2024, 12, 31);
  private static final PortraitRules RULES =
      new PortraitRules(
          Set.of("product_view", "search", "purchase"), Set.of("complaint", "refund"), 2, 30);

  private static final StructType IDS =
      new StructType()
          .add(CustomerPersonas.CUSTOMER_ID, "string")
          .add(CustomerPersonas.PERSONA_ID, "string");

  private static final String PERSONAS =
      """
      customer_id | persona_id | as_of
      ann         | lookers    | 2024-12-31
      bob         | lookers    | 2024-12-31
      cid         | callers    | 2024-12-31
      dee         | callers    | 2024-12-31
      """;

  @Test
  void goalsAndFrustrationsBeginWithWhatSetsAPersonaApart(SparkSession spark) {
    Dataset<Row> days =
        days(
            spark,
            // Everybody views products; only lookers search.
            "('ann', '2024-12-02', 'product_view,search', '08:10')",
            "('ann', '2024-12-30', 'product_view,banner', '20:00')",
            "('bob', '2024-12-30', 'search,refund', '20:30')",
            "('cid', '2024-12-30', 'product_view,complaint', '09:00')",
            "('dee', '2024-12-30', 'product_view', '09:59')",
            // A day too early, a day too late, and somebody without a persona.
            "('dee', '2024-12-01', 'search', '09:59')",
            "('dee', '2025-01-01', 'search', '09:59')",
            "('eve', '2024-12-30', 'complaint', '09:59')");

    assertRows(
        traits(spark, cards(spark, ""), days, journeys(spark)),
        """
        persona_id | aspect      | rank | trait        | customers_count | known_count | share | everybody_share
        callers    | frustration | 1    | complaint    | 1               | 2           | 0.5   | 0.25
        callers    | goal        | 1    | product_view | 2               | 2           | 1.0   | 0.75
        callers    | hour        | 1    | 09           | 2               | 2           | 1.0   | 0.5
        lookers    | frustration | 1    | refund       | 1               | 2           | 0.5   | 0.25
        lookers    | goal        | 1    | search       | 2               | 2           | 1.0   | 0.5
        lookers    | goal        | 2    | product_view | 1               | 2           | 0.5   | 0.75
        lookers    | hour        | 1    | 20           | 2               | 2           | 1.0   | 0.5
        lookers    | hour        | 2    | 08           | 1               | 2           | 0.5   | 0.25
        """);
  }

  @Test
  void hoursAreThoseOfTheZoneOfDays(SparkSession spark) {
    PortraitRules inDubai =
        new PortraitRules(Set.of("search"), Set.of("refund"), 2, 30, ZoneId.of("Asia/Dubai"));
    Dataset<Row> days =
        days(
            spark,
            "('ann', '2024-12-30', 'search', '14:10')",
            "('bob', '2024-12-30', 'search', '14:50')");

    assertRows(
        traits(spark, days, inDubai).where("aspect = 'hour'"),
        """
        persona_id | trait | customers_count
        lookers    | 18    | 2
        """);
  }

  private static Dataset<Row> traits(SparkSession spark, Dataset<Row> days, PortraitRules rules) {
    DrawPortraits.Sources sources =
        new DrawPortraits.Sources(
            cards(spark, ""),
            days,
            journeys(spark),
            wholeRows(spark, CustomerPersonas.TABLE, PERSONAS));
    return spark.createDataFrame(
        DrawPortraits.traits(sources, AS_OF, rules), PersonaTraits.TABLE.schema());
  }

  @Test
  void sharesAreOfThoseOfWhomItIsKnown(SparkSession spark) {
    Dataset<Row> cards =
        cards(
            spark,
            """
            ann | store | 17 | Oslo
            bob | store |    | Rome
            cid | web   | 18 | Rome
            dee | store | 64 |
            eve | app   | 64 | Rome
            """);

    assertRows(
        traits(spark, cards, days(spark), journeys(spark)),
        """
        persona_id | aspect  | rank | trait | customers_count | known_count | share | everybody_share
        callers    | age     | 1    | 18-19 | 1               | 2           | 0.5   | 0.3333333333333333
        callers    | age     | 2    | 60-69 | 1               | 2           | 0.5   | 0.3333333333333333
        callers    | channel | 1    | store | 1               | 2           | 0.5   | 0.75
        callers    | channel | 2    | web   | 1               | 2           | 0.5   | 0.25
        callers    | city    | 1    | Rome  | 1               | 1           | 1.0   | 0.6666666666666666
        lookers    | age     | 1    | 0-17  | 1               | 1           | 1.0   | 0.3333333333333333
        lookers    | channel | 1    | store | 2               | 2           | 1.0   | 0.75
        lookers    | city    | 1    | Oslo  | 1               | 2           | 0.5   | 0.3333333333333333
        lookers    | city    | 2    | Rome  | 1               | 2           | 0.5   | 0.6666666666666666
        """);
  }

  @Test
  void journeysShowTheirPathsAndWhereAbandonedOnesEnded(SparkSession spark) {
    Dataset<Row> journeys =
        journeys(
            spark,
            "('ann', '2024-12-20', 'abandoned', 'web > cart')",
            "('ann', '2024-12-25', 'abandoned', 'web > cart')",
            "('bob', '2024-12-25', 'converted', 'web > store')",
            "('cid', '2024-12-25', 'open', 'web > call')",
            "('cid', '2024-10-25', 'abandoned', 'web > call')",
            "(null, '2024-12-25', 'abandoned', 'web')");

    assertRows(
        traits(spark, cards(spark, ""), days(spark), journeys),
        """
        persona_id | aspect    | rank | trait       | customers_count | known_count | share | everybody_share
        callers    | journey   | 1    | web > call  | 1               | 1           | 1.0   | 0.3333333333333333
        lookers    | break-off | 1    | cart        | 1               | 1           | 1.0   | 1.0
        lookers    | journey   | 1    | web > cart  | 1               | 2           | 0.5   | 0.3333333333333333
        lookers    | journey   | 2    | web > store | 1               | 2           | 0.5   | 0.3333333333333333
        """);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void countsEqualAPlainLoopAtAnyPartitioning(long seed, SparkSession spark) {
    Random random = new Random(seed);
    List<String> types = List.of("product_view", "search", "purchase", "complaint", "banner");
    List<Row> personas = new ArrayList<>();
    List<String> days = new ArrayList<>();
    Map<String, Set<Integer>> expected = new TreeMap<>();
    for (int customer = 0; customer < 60; customer++) {
      String persona = "p" + random.nextInt(3);
      personas.add(RowFactory.create("c" + customer, persona));
      for (int day = 1 + random.nextInt(2); day > 0; day--) {
        List<String> seen = new ArrayList<>(types);
        Collections.shuffle(seen, random);
        seen = seen.subList(0, 1 + random.nextInt(3));
        days.add(
            "('c%d', '2024-12-1%d', '%s', '10:00')"
                .formatted(customer, day, String.join(",", seen)));
        for (String type : seen) {
          expected.computeIfAbsent(persona + " " + type, key -> new TreeSet<>()).add(customer);
        }
      }
    }
    expected.keySet().removeIf(key -> key.endsWith("banner"));
    Dataset<Row> assigned = spark.createDataFrame(personas, IDS);
    Dataset<Row> spread = days(spark, days.toArray(String[]::new));

    List<Row> one = portraits(spark, assigned.coalesce(1), spread.coalesce(1));
    List<Row> many = portraits(spark, assigned.repartition(3), spread.repartition(5));

    assertThat(one).isEqualTo(many);
    Map<String, Long> found = new TreeMap<>();
    for (Row row : one) {
      if (Set.of("goal", "frustration").contains(row.getString(2))) {
        found.put(row.getString(1) + " " + row.getString(4), row.getLong(5));
      }
    }
    Map<String, Long> counts = new TreeMap<>();
    expected.forEach((key, customers) -> counts.put(key, (long) customers.size()));
    assertThat(found).isEqualTo(counts);
  }

  @Test
  void nobodyHasNoPortrait(SparkSession spark) {
    assertThat(portraits(spark, spark.createDataFrame(List.of(), IDS), days(spark))).isEmpty();
  }

  @Test
  void aTypeIsAGoalOrAFrustration() {
    assertThatThrownBy(() -> new PortraitRules(Set.of("a", "b"), Set.of("b", "c"), 1, 1))
        .hasMessage("goals and frustrations must differ, but both have b");
  }

  private static List<Row> portraits(SparkSession spark, Dataset<Row> personas, Dataset<Row> days) {
    return DrawPortraits.traits(
        new DrawPortraits.Sources(cards(spark, ""), days, journeys(spark), personas),
        AS_OF,
        new PortraitRules(RULES.goals(), RULES.frustrations(), 5, 30));
  }

  private static Dataset<Row> traits(
      SparkSession spark, Dataset<Row> cards, Dataset<Row> days, Dataset<Row> journeys) {
    List<Row> rows =
        DrawPortraits.traits(
            new DrawPortraits.Sources(
                cards, days, journeys, wholeRows(spark, CustomerPersonas.TABLE, PERSONAS)),
            AS_OF,
            RULES);
    return spark.createDataFrame(rows, PersonaTraits.TABLE.schema());
  }

  private static Dataset<Row> cards(SparkSession spark, String text) {
    return wholeRows(
        spark, Customers.TABLE, "customer_id | favourite_channel | age_years | city\n" + text);
  }

  /** Of each: customer, day, types, time of the first contact. */
  private static Dataset<Row> days(SparkSession spark, String... days) {
    return values(spark, "('', '2024-12-31', '', '00:00')", days)
        .selectExpr(
            "a AS customer_id",
            "DATE(b) AS event_date",
            "map_from_arrays(split(c, ','), transform(split(c, ','), t -> 1L)) AS types",
            "TIMESTAMP(b || ' ' || d) AS first_at");
  }

  /** Of each: customer, last day, outcome, path. */
  private static Dataset<Row> journeys(SparkSession spark, String... journeys) {
    return values(spark, "('', '2024-12-31', '', '')", journeys)
        .selectExpr(
            "a AS customer_id",
            "DATE(b) AS ended_on",
            "c AS outcome",
            "d AS path_text",
            "split(d, ' > ') AS path");
  }

  private static Dataset<Row> values(SparkSession spark, String none, String... rows) {
    String values = rows.length == 0 ? none : String.join(", ", rows);
    return spark
        .sql("SELECT * FROM VALUES " + values + " AS v(a, b, c, d)")
        .where(expr("coalesce(a, 'x') <> ''"));
  }
}
