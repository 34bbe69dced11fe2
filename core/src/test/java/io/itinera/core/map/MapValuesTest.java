package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.MappingRules;
import io.itinera.core.source.RawRecords;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MapValuesTest {

  private static final Map<String, String> VISIT = Map.of("occurred_at", "at", "type", "'visit'");

  @Test
  void timesAreReadByTheFormatsOfTheirSource(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | at
            1  | 31.01.2026 23:30
            2  | 31/Jan/2026:23:30:00 +0000
            3  | 01.02.2026
            4  | 2026-01-31T23:30:00Z
            5  | 31.02.2026 10:00
            6  | 31-01-2026
            7  |
            """);
    SourceBuilder source =
        new SourceBuilder("till")
            .timeFormats("dd.MM.yyyy HH:mm", "dd/MMM/yyyy:HH:mm:ss Z", "dd.MM.yyyy")
            .touchpoint("id", VISIT, Map.of("u", "id"));

    assertRows(
        touchpoints(records, source, SourceBuilder.rules()),
        """
        position | reason       | occurred_at
        1        |              | 2026-01-31 22:30:00
        2        |              | 2026-01-31 23:30:00
        3        |              | 2026-01-31 23:00:00
        4        |              | 2026-01-31 23:30:00
        5        | bad-time     |
        6        | bad-time     |
        7        | missing-time |
        """);
  }

  @Test
  void daysAndVersionsAreReadByTheSameFormats(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/crm/a.csv",
            """
            id | born       | changed
            1  | 28.02.1990 | 01.02.2026
            2  | 1990-02-28 | 2026-02-01
            """);
    SourceBuilder source =
        new SourceBuilder("crm")
            .timeFormats("dd.MM.yyyy")
            .versionAt("changed")
            .profile(null, "id", Map.of("birth_date", "born"), Map.of("crm_id", "id"));

    assertRows(
        candidates(records, source, SourceBuilder.rules()).select("profile.*"),
        """
        record_id | birth_date | record_version
        1         | 1990-02-28 | 2026-01-31 23:00:00
        2         | 1990-02-28 | 2026-01-31 23:00:00
        """);
  }

  @Test
  void decimalCommaIsWhatTheSourceSays(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | amount   | seconds
            1  | 1.234    | 90
            2  | 1.234,50 | 1.200
            3  | 12,5     | 1,5
            4  | free     |
            """);
    SourceBuilder source =
        new SourceBuilder("till")
            .decimalComma()
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at",
                    "'2026-01-01'",
                    "type",
                    "'purchase'",
                    "value",
                    "amount",
                    "duration_seconds",
                    "seconds"),
                Map.of("u", "id"));

    assertRows(
        touchpoints(records, source, SourceBuilder.rules()),
        """
        position | reason     | value     | duration_seconds
        1        |            | 1234.0000 | 90
        2        |            | 1234.5000 | 1200
        3        |            | 12.5000   | 1
        4        | bad-number |           |
        """);
  }

  @Test
  void whatSaysThatThereIsNoNumberIsNothingAndWhatIsNoneIsRejected(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/desk/a.csv",
            """
            id | kind     | seconds   | score     | amount
            1  | call     | 12.9      | 1e1       |
            2  | call     | N/A       | -         |
            3  | call     | NaN       |           |
            4  | call     | Infinity  |           |
            5  | call     |           | nan       |
            6  | call     | -1        |           |
            7  | call     | 0.9       | -1        |
            8  | call     | ninety    |           |
            9  | purchase |           |           | n/a
            10 | purchase |           |           | $ 5
            11 | purchase |           |           | -5
            12 | refund   |           |           | -1,234.50
            13 | refund   |           |           | Infinity
            14 | purchase |           |           | 1e400
            """);
    SourceBuilder source =
        new SourceBuilder("desk")
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at", "'2026-01-01'",
                    "type", "kind",
                    "value", "amount",
                    "rating", "score",
                    "duration_seconds", "seconds"),
                Map.of("u", "id"));

    assertRows(
        touchpoints(records, source, SourceBuilder.rules()),
        """
        position | reason     | duration_seconds | rating | value
        1        |            | 12               | 10.0   |
        2        |            |                  |        |
        3        | bad-number |                  |        |
        4        | bad-number |                  |        |
        5        | bad-number |                  |        |
        6        | bad-number |                  |        |
        7        |            | 0                | -1.0   |
        8        | bad-number |                  |        |
        9        | bad-number |                  |        |
        10       | bad-number |                  |        |
        11       | bad-number |                  |        |
        12       |            |                  |        | -1234.5000
        13       | bad-number |                  |        |
        14       | bad-number |                  |        |
        """);
  }

  @Test
  void identifierTooLongForAnybodyIsRejectedAndNotCutShort(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(spark, "/crm/a.csv", "id | n\n1 | 1000\n2 | 1001\n")
            .withColumn("name", expr("repeat('x', n)"));
    Map<String, String> identifiers = Map.of("user_id", "name");
    SourceBuilder source =
        new SourceBuilder("crm")
            .touchpoint("id", Map.of("occurred_at", "'2026-01-01'", "type", "'x'"), identifiers);
    SourceBuilder people = new SourceBuilder("crm").profile(null, "id", Map.of(), identifiers);
    String expected =
        """
        position | reason
        1        |
        2        | long-identifier
        """;

    assertRows(candidates(records, source, SourceBuilder.rules()), expected);
    assertRows(candidates(records, people, SourceBuilder.rules()), expected);
  }

  @Test
  void fieldsThatNobodyAskedForAreKeptBesideThoseThatAreMapped(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(spark, "/crm/a.csv", "id\n1\n2\n")
            .withColumn(
                RawRecords.OTHER,
                expr(
                    "if(id = 1, map('colour', 'red', 'size', '9'), cast(null as map<string,"
                        + " string>))"));
    SourceBuilder source =
        new SourceBuilder("crm")
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at",
                    "'2026-01-01'",
                    "type",
                    "'x'",
                    "properties",
                    "map('size', 'mapped')"),
                Map.of("u", "id"))
            .profile(null, "id", Map.of(), Map.of("u", "id"));

    assertRows(
        candidates(records, source, SourceBuilder.rules())
            .select(
                col("position"),
                expr("map_entries(touchpoint.properties)").as("properties"),
                expr("map_entries(profile.attributes)").as("attributes")),
        """
        position | properties                     | attributes
        1        | [{size, mapped}, {colour, red}] | [{colour, red}, {size, 9}]
        2        | [{size, mapped}]               |
        """);
  }

  @Test
  void costsOfCampaignsAreReadDayByDay(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/ads/a.csv",
            """
            day        | campaign | spent    | money | shown | clicked
            2026-01-31 | spring   | 1,234.50 | usd   | 1,000 | 10
            2026-01-31 | none     | 0        |       |       |
            31.01.2026 | format   | 1        |       |       |
            soon       | bad      | 1        |       |       |
                       | missing  | 1        |       |       |
            2026-01-31 | free     | free     |       |       |
            2026-01-31 | nothing  |          |       |       |
            2026-01-31 | clicks   | 1        |       |       | 1.5
            2026-01-31 |          | 1        |       |       |
            """);
    SourceBuilder source =
        new SourceBuilder("ads")
            .timeFormats("dd.MM.yyyy")
            .cost(
                "campaign",
                Map.of(
                    "date",
                    "day",
                    "campaign",
                    "campaign",
                    "marketing_channel",
                    "'paid_search'",
                    "cost",
                    "spent",
                    "currency",
                    "money",
                    "impressions",
                    "shown",
                    "clicks",
                    "clicked"));

    assertRows(
        candidates(records, source, SourceBuilder.rules())
            .select(col("position"), col("reason"), col("cost.*")),
        """
        position | reason       | record_id | date       | cost      | currency | impressions | clicks
        1        |              | spring    | 2026-01-31 | 1234.5000 | USD      | 1000        | 10
        2        |              | none      | 2026-01-31 | 0.0000    | EUR      |             |
        3        |              | format    | 2026-01-31 | 1.0000    | EUR      |             |
        4        | bad-time     |           |            |           |          |             |
        5        | missing-time |           |            |           |          |             |
        6        | bad-number   |           |            |           |          |             |
        7        | bad-number   |           |            |           |          |             |
        8        | bad-number   |           |            |           |          |             |
        9        | missing-id   |           |            |           |          |             |
        """);
  }

  @Test
  void ofARecordThatWithdrawsItsIdIsEnough(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/crm/a.csv",
            """
            id | at         | amount | money | gone
            1  | 2026-01-01 | 5      | EUR   | false
            2  |            |        |       | true
            3  | 2026-01-01 | 5      | USD   | 1
               |            |        |       | true
            4  | 2026-01-01 | 5      | EUR   | perhaps
            """);
    SourceBuilder source =
        new SourceBuilder("crm")
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at",
                    "at",
                    "type",
                    "'purchase'",
                    "value",
                    "amount",
                    "currency",
                    "money",
                    "deleted",
                    "gone"),
                Map.of("u", "id"));

    assertRows(
        candidates(records, source, SourceBuilder.rules())
            .select(
                col("position"),
                col("reason"),
                col("touchpoint.record_id").as("touchpoint"),
                col("tombstone").isNotNull().and(col("touchpoint").isNull()).as("is_withdrawn")),
        """
        position | reason     | touchpoint | is_withdrawn
        1        |            | 1          | false
        2        |            |            | true
        3        |            |            | true
        4        | missing-id |            | false
        5        |            | 4          | false
        """);
  }

  @Test
  void sourceOfDeletesWithdrawsTouchpointsAndProfilesOfAnother(SparkSession spark) {
    SourceBuilder shop =
        new SourceBuilder("shop")
            .touchpoint("id", VISIT, Map.of("u", "id"))
            .profile(null, "id", Map.of(), Map.of("u", "id"));
    MappingRules gone =
        new MappingRules(
            Optional.of("shop"),
            Optional.empty(),
            Optional.of("gone_id"),
            Map.of(MappingRules.DELETED, "true"),
            Map.of(),
            Map.of());
    SourceBuilder deletes =
        new SourceBuilder("shop_deletes").versionAt("at").touchpoint(gone).profile(gone);

    Row visit =
        candidates(
                RawText.records(spark, "/shop/a.csv", "id | at\n7 | 2026-01-01\n"),
                shop,
                SourceBuilder.rules())
            .head();
    Dataset<Row> withdrawals =
        candidates(
            RawText.records(spark, "/gone/a.csv", "gone_id | at\n7 | 2026-02-01\n | 2026-02-01\n"),
            deletes,
            SourceBuilder.rules());

    assertRows(
        withdrawals.select(
            col("source"),
            col("reason"),
            col("touchpoint.record_id").as("touchpoint"),
            col("tombstone.source").as("owner"),
            col("tombstone.touchpoint_id")
                .equalTo(visit.<Row>getAs("touchpoint").<String>getAs("touchpoint_id"))
                .as("is_same"),
            col("tombstone.record_version").as("version"),
            col("profile.source").as("profile_owner"),
            col("profile.record_id").as("profile_id"),
            col("profile.deleted")),
        """
        source       | reason     | touchpoint | owner | is_same | version             | profile_owner | profile_id | deleted
        shop_deletes |            |            | shop  | true    | 2026-01-31 23:00:00 | shop          | 7          | true
        shop_deletes | missing-id |            |       |         |                     |               |            |
        """);
  }

  private static Dataset<Row> touchpoints(
      Dataset<Row> records, SourceBuilder source, LoadingRules rules) {
    return candidates(records, source, rules)
        .select(col("position"), col("reason"), col("touchpoint.*"));
  }

  private static Dataset<Row> candidates(
      Dataset<Row> records, SourceBuilder source, LoadingRules rules) {
    return MapRecords.candidates(
        records, source.build(), rules, Instant.parse("2026-05-31T22:00:00Z"));
  }
}
