package io.itinera.core.identity;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.identity.DeviceRules.Ownership;
import io.itinera.core.identity.IdentityDiff.Stamp;
import io.itinera.core.identity.IdentityRules.IdentifierType;
import io.itinera.core.identity.IdentityRules.Level;
import io.itinera.core.table.Evidence;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityMoves;
import io.itinera.testing.SparkExtension;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class StitchTest {

  private static final Stamp STAMP = new Stamp("run", LocalDate.parse("2024-05-03"));

  private static final String VISITS =
      """
      2024-05-01 10:00:00 | cookie=c1
      2024-05-02 10:00:00 | cookie=c1, email=ann@example.org
      2024-05-02 11:00:00 | cookie=c2
      """;

  @Test
  void identifiersNamedTogetherAreOneCustomer(SparkSession spark) {
    Stitch stitch = stitch(spark, VISITS, rules(10));

    assertRows(
        stitch
            .identities()
            .join(
                stitch
                    .identities()
                    .groupBy("customer_id")
                    .count()
                    .withColumnRenamed("customer_id", "c"),
                col("customer_id").equalTo(col("c"))),
        """
        type   | value           | count | is_anchor | first_seen_at       | last_seen_at
        cookie | c1              | 2     | true      | 2024-05-01 10:00:00 | 2024-05-02 10:00:00
        email  | ann@example.org | 2     | false     | 2024-05-02 10:00:00 | 2024-05-02 10:00:00
        cookie | c2              | 1     | true      | 2024-05-02 11:00:00 | 2024-05-02 11:00:00
        """);
    assertRows(
        stitch.edges(),
        """
        left_type | left_value | right_type | right_value     | observations | status | rule
        cookie    | c1         | email      | ann@example.org | 1            | used   | co-occurrence
        """);
  }

  @Test
  void idsDoNotDependOnOrderOfArrivalButOnTheKey(SparkSession spark) {
    String shuffled =
        VISITS
            .lines()
            .sorted(java.util.Comparator.reverseOrder())
            .reduce("", (a, b) -> a + b + "\n");

    Map<String, String> ids = idsByValue(stitch(spark, VISITS, rules(10)));

    assertThat(idsByValue(stitch(spark, shuffled, rules(10)))).isEqualTo(ids);
    IdentityRules otherKey = rules(10, "another key");
    assertThat(idsByValue(stitch(spark, VISITS, otherKey))).doesNotContainValue(ids.get("c1"));
    assertThat(ids.get("c1")).hasSize(32);
  }

  @Test
  void identifierSeenWithTooManyPersonsLinksNobody(SparkSession spark) {
    String kiosk =
        """
        2024-05-01 10:00:00 | cookie=kiosk, email=ann@example.org
        2024-05-01 11:00:00 | cookie=kiosk, email=bob@example.org
        2024-05-01 12:00:00 | cookie=kiosk, email=eve@example.org
        """;

    Map<String, String> together = idsByValue(stitch(spark, kiosk, rules(3)));
    assertThat(together.values()).containsOnly(together.get("kiosk"));
    Stitch apart = stitch(spark, kiosk, rules(2));
    assertThat(idsByValue(apart).values()).doesNotHaveDuplicates().hasSize(4);
    assertThat(apart.edges().where("status = 'over-limit'").count()).isEqualTo(3);
    assertThat(apart.identities().select("component_id").distinct().count()).isEqualTo(1);
  }

  /** Of one person's numbers, many were merged into one: that makes it nobody else's. */
  @Test
  void whatSourcesMergeOrProfilesMatchMakesNoPlaceholder(SparkSession spark) {
    Dataset<Row> seen = evidence(spark, "2024-05-01 10:00:00 | cookie=c1, email=e0");
    String merged = "2024-05-01 10:00:00 | email=e0, email=e%d\n";
    Dataset<Row> merges =
        evidence(spark, merged.formatted(1) + merged.formatted(2) + merged.formatted(3))
            .withColumn(Evidence.KIND, lit("merge"));
    Dataset<Row> matches =
        MatchEvidence.of(
            spark.sql(
                """
                SELECT 'crm' AS left_source, 'a' AS left_record_id, 'crm' AS right_source,
                  concat('b', id) AS right_record_id, 'email' AS left_type, 'e0' AS left_value,
                  'email' AS right_type, concat('m', id) AS right_value, 0.9D AS probability,
                  map('x', 1D) AS weights, 'used' AS status, date '2024-05-01' AS event_date,
                  true AS counts_as_one FROM range(3)
                """));
    Dataset<Row> all =
        seen.union(merges).withColumn("match", lit(null).cast(MatchEvidence.MATCH_TYPE));

    Stitch stitch = Stitch.stitch(all.unionByName(matches), rules(2));

    assertThat(idsByValue(stitch).values()).hasSize(8).containsOnly(idsByValue(stitch).get("e0"));
    assertThat(
            FindPlaceholders.nearLimit(stitch.edges().where("rule <> 'manual'"), 0.6, rules(2))
                .count())
        .isZero();
  }

  /** Two profiles of one identifier match a third one: of equal ones always the same is told. */
  @Test
  void ofSeveralMatchesOneThatIsUsedIsTold(SparkSession spark) {
    Dataset<Row> matches =
        spark.sql(
            """
            SELECT 'crm' AS left_source, a AS left_record_id, s AS right_source,
              'r' AS right_record_id, 'email' AS left_type, 'e1' AS left_value,
              'email' AS right_type, 'e2' AS right_value, p AS probability,
              map(a, 1D) AS weights, status, date '2024-05-01' AS event_date,
              true AS counts_as_one
            FROM VALUES ('held', 'till', 0.97D, 'review'), ('first', 'shop', 0.95D, 'used'),
              ('second', 'shop', 0.95D, 'used') AS v(a, s, p, status)
            """);
    for (int partitions : List.of(1, 3)) {
      Dataset<Row> both =
          MatchEvidence.beside(
              evidence(spark, "2024-05-01 10:00:00 | email=e1\n2024-05-01 10:00:00 | email=e2"),
              matches
                  .orderBy(partitions == 1 ? "left_record_id" : "status")
                  .repartition(partitions));

      assertRows(
          Stitch.stitch(both, rules(20))
              .edges()
              .withColumn("told", functions.map_keys(col("weights"))),
          """
          left_value | right_value | probability | status | told     | sources
          e1         | e2          | 0.95        | used   | [second] | [crm, shop, till]
          """);
    }
  }

  @Test
  void olderAnchorKeepsItsIdWhenTwoCustomersTurnOutToBeOne(SparkSession spark) {
    String before =
        """
        2024-05-01 10:00:00 | cookie=c1
        2024-05-02 10:00:00 | email=ann@example.org
        """;
    Stitch old = stitch(spark, before, rules(10));
    Stitch now =
        stitch(spark, before + "2024-05-03 09:00:00 | cookie=c1, email=ann@example.org", rules(10));

    IdentityDiff diff =
        IdentityDiff.between(old.identities(), now.identities(), now.edges(), STAMP);

    Map<String, String> ids = idsByValue(old);
    assertThat(idsByValue(now).values()).containsOnly(ids.get("c1"));
    Row change = diff.changes().collectAsList().get(0);
    assertThat(change.<String>getAs("change")).isEqualTo("merged");
    assertThat(change.<String>getAs("previous_customer_id")).isEqualTo(ids.get("ann@example.org"));
    assertThat(change.<String>getAs("customer_id")).isEqualTo(ids.get("c1"));
    assertThat(change.<String>getAs("cause"))
        .contains("\"rule\":\"co-occurrence\",\"left_type\":\"cookie\",\"right_type\":\"email\"")
        .doesNotContain("ann@");
    assertRows(
        diff.moves(),
        """
        type  | value           | since
        email | ann@example.org | 2024-05-02 10:00:00
        """);
  }

  @Test
  void ledgerTellsCreatedSplitAndErased(SparkSession spark) {
    String together =
        """
        2024-05-01 10:00:00 | cookie=c1
        2024-05-02 10:00:00 | cookie=c1, email=ann@example.org
        2024-05-02 12:00:00 | cookie=gone
        """;
    String apart =
        """
        2024-05-01 10:00:00 | cookie=c1
        2024-05-02 10:00:00 | email=ann@example.org
        2024-05-03 10:00:00 | cookie=new
        """;
    Stitch old = stitch(spark, together, rules(10));
    Stitch now = stitch(spark, apart, rules(10));

    assertRows(
        IdentityDiff.between(old.identities(), now.identities(), now.edges(), STAMP)
            .changes()
            .withColumn("has_previous", col("previous_customer_id").isNotNull()),
        """
        change  | has_previous | as_of
        split   | true         | 2024-05-03
        erased  | true         | 2024-05-03
        created | false        | 2024-05-03
        """);
  }

  @Test
  void scopeOfAChangeIsItsWholeComponent(SparkSession spark) {
    Stitch stitch = stitch(spark, VISITS, rules(10));
    Dataset<Row> changed = evidence(spark, "2024-05-03 10:00:00 | email=ann@example.org");

    assertRows(
        FindScope.identifiers(changed, stitch.identities()),
        """
        scope_type | scope_value
        cookie     | c1
        email      | ann@example.org
        """);
  }

  @Test
  void onlyTouchpointsAndMovesConcernTouchpoints(SparkSession spark) {
    Stitch stitch = stitch(spark, VISITS, rules(10));
    Dataset<Row> seen = evidence(spark, "2024-05-03 10:00:00 | cookie=c1, email=ann@example.org");
    Dataset<Row> told = seen.withColumn(Evidence.KIND, lit("profile"));

    assertThat(firstConcerned(seen, stitch)).containsExactly("2024-05-03 10:00:00.0");
    assertThat(firstConcerned(told, stitch)).containsExactly("9999-01-01 00:00:00.0");
    assertThat(firstConcerned(seen.union(told), stitch)).containsExactly("2024-05-03 10:00:00.0");
  }

  private static List<String> firstConcerned(Dataset<Row> changed, Stitch stitch) {
    Dataset<Row> nothing =
        changed.sparkSession().createDataFrame(List.of(), IdentityMoves.TABLE.schema());
    return FindAffected.customers(changed, nothing, stitch.identities(), rules(10))
        .select(FindAffected.FROM_AT)
        .collectAsList()
        .stream()
        .map(row -> String.valueOf(row.getTimestamp(0)))
        .toList();
  }

  private static Stitch stitch(SparkSession spark, String records, IdentityRules rules) {
    Stitch stitch = Stitch.stitch(evidence(spark, records), rules);
    return new Stitch(
        stitch.identities().persist(),
        stitch.edges().persist(),
        stitch.shared(),
        stitch.placeholders());
  }

  private static IdentityRules rules(int maxFanOut) {
    return rules(maxFanOut, "key");
  }

  private static IdentityRules rules(int maxFanOut, String key) {
    return new IdentityRules(
        Map.of(
            "email", new IdentifierType(Level.PERSON, 1),
            "cookie", new IdentifierType(Level.DEVICE, 1)),
        maxFanOut,
        100,
        Set.of("info"),
        new DeviceRules(Ownership.SHARED, Duration.ofDays(30)),
        key);
  }

  private static Map<String, String> idsByValue(Stitch stitch) {
    return stitch
        .identities()
        .select(Identities.VALUE, Identities.CUSTOMER_ID)
        .collectAsList()
        .stream()
        .collect(
            java.util.stream.Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
  }

  /** One record a line: an instant, then the identifiers it names. */
  private static Dataset<Row> evidence(SparkSession spark, String records) {
    String values =
        records
            .lines()
            .map(line -> line.split("\\|"))
            .map(cells -> "('%s', '%s')".formatted(cells[0].strip(), cells[1].strip()))
            .collect(java.util.stream.Collectors.joining(", "));
    return Evidence.TABLE.conform(
        spark.sql(
            """
            SELECT 'web' AS source, 'touchpoint' AS kind, to_date(at) AS event_date,
                   xxhash64(identifiers) AS set_id, xxhash64(7, identifiers) AS set_check,
                   identifiers, count(*) AS observations,
                   min(at) AS first_at, max(at) AS last_at, 0L AS digest
            FROM (
              SELECT timestamp(at) AS at,
                     array_sort(transform(split(ids, ', '), i -> named_struct(
                       'type', split(i, '=')[0], 'value', split(i, '=')[1]))) AS identifiers
              FROM VALUES %s AS record(at, ids))
            GROUP BY to_date(at), identifiers
            """
                .formatted(values)));
  }
}
