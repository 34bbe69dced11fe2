package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;

import io.itinera.core.rule.ExchangeRates;
import io.itinera.core.source.LoadingRules;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RangesTest {

  private static final Instant END = Instant.parse("2026-05-31T22:00:00Z");

  @Test
  void numbersOfTouchpointsHaveRanges(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/a.csv",
            """
            id | type     | amount           | fee            | stars                    | secs
            1  | purchase | 10000000000      | -10000000000   | 1000                     | 0
            2  | refund   | 10000000000.0000 | 10000000000    | -1000                    | 315619200
            3  | purchase | 10000000000.0001 |                |                          |
            4  | refund   | -10000000000.01  |                |                          |
            5  | purchase | 1                | 10000000000.01 |                          |
            6  | survey   |                  |                | 1000.01                  |
            7  | survey   |                  |                | 4915112345678901         |
            8  | survey   |                  |                | NaN                      |
            9  | survey   |                  |                | Infinity                 |
            10 | survey   |                  |                | -Infinity                |
            11 | survey   |                  |                | 1e400                    |
            12 | survey   |                  |                | 0x1p3                    |
            13 | survey   |                  |                | 5d                       |
            14 | call     |                  |                |                          | -1
            15 | call     |                  |                |                          | 315619201
            16 | call     |                  |                |                          | 9223372036854775807
            17 | call     |                  |                |                          | 9223372036854775808
            18 | purchase | NaN              |                |                          |
            19 | purchase | 99999999999999   |                |                          |
            20 | survey   |                  |                | 4.5                      |
            """);
    Map<String, String> columns =
        Map.of(
            "occurred_at", "'2026-01-01'",
            "type", "type",
            "value", "amount",
            "cost", "fee",
            "rating", "stars",
            "duration_seconds", "secs");

    assertRows(
        touchpoints(records, columns, SourceBuilder.rules()),
        """
        position | reason     | detail                                                  | value             | cost              | rating  | duration_seconds
        1        |            |                                                         | 10000000000.0000  | -10000000000.0000 | 1000.0  | 0
        2        |            |                                                         | -10000000000.0000 | 10000000000.0000  | -1000.0 | 315619200
        3        | bad-number | value is not between -10,000,000,000 and 10,000,000,000. |                  |                   |         |
        4        | bad-number | value is not between -10,000,000,000 and 10,000,000,000. |                  |                   |         |
        5        | bad-number | cost is not between -10,000,000,000 and 10,000,000,000.  |                  |                   |         |
        6        | bad-number | rating is not between -1,000 and 1,000.                 |                   |                   |         |
        7        | bad-number | rating is not between -1,000 and 1,000.                 |                   |                   |         |
        8        | bad-number | rating is not a number, or is too large.                   |                   |                   |         |
        9        | bad-number | rating is not a number, or is too large.                   |                   |                   |         |
        10       | bad-number | rating is not a number, or is too large.                   |                   |                   |         |
        11       | bad-number | rating is not a number, or is too large.                   |                   |                   |         |
        12       | bad-number | rating is not a number, or is too large.                   |                   |                   |         |
        13       | bad-number | rating is not a number, or is too large.                   |                   |                   |         |
        14       | bad-number | duration_seconds is not between 0 and 315,619,200.      |                   |                   |         |
        15       | bad-number | duration_seconds is not between 0 and 315,619,200.      |                   |                   |         |
        16       | bad-number | duration_seconds is not between 0 and 315,619,200.      |                   |                   |         |
        17       | bad-number | duration_seconds is not a number, or is too large.         |                   |                   |         |
        18       | bad-number | value is not a number, or is too large.                    |                   |                   |         |
        19       | bad-number | value is not between -10,000,000,000 and 10,000,000,000. |                  |                   |         |
        20       |            |                                                         |                   |                   | 4.5     |
        """);
  }

  @Test
  void numbersThatAreNoTextHaveTheSameRanges(SparkSession spark) {
    Dataset<Row> records = RawText.records(spark, "/a.csv", "id\n1\n2\n3");
    Map<String, String> columns =
        Map.of(
            "occurred_at", "'2026-01-01'",
            "type", "'survey'",
            "rating",
                "CASE id WHEN 1 THEN double('NaN') WHEN 2 THEN double('Infinity') ELSE 5D END");

    assertRows(
        touchpoints(records, columns, SourceBuilder.rules()),
        """
        position | reason     | rating
        1        | bad-number |
        2        | bad-number |
        3        |            | 5.0
        """);
  }

  @Test
  void amountsHaveTheirRangeInTheCurrencyOfAllTables(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/a.csv",
            """
            id | amount         | fee            | money
            1  | 99999999999999 |                | VND
            2  | 10000000000    |                | BTC
            3  | 10             | 10000000000    | BTC
            4  | 99999999999999 |                | BTC
            5  | 10             | 99999999999999 | VND
            """);
    Map<String, String> columns =
        Map.of(
            "occurred_at", "'2026-01-01'",
            "type", "'purchase'",
            "value", "amount",
            "cost", "fee",
            "currency", "money");
    TreeMap<LocalDate, BigDecimal> dong = new TreeMap<>();
    dong.put(LocalDate.of(2026, 1, 1), new BigDecimal("0.00004"));
    TreeMap<LocalDate, BigDecimal> coin = new TreeMap<>();
    coin.put(LocalDate.of(2026, 1, 1), new BigDecimal("90000"));
    ExchangeRates rates = new ExchangeRates(Map.of("VND", dong, "BTC", coin), 0);
    LoadingRules rules = SourceBuilder.rules().with(rates);

    assertRows(
        touchpoints(records, columns, rules),
        """
        position | reason     | value           | cost
        1        |            | 4000000000.0000 |
        2        | bad-number |                 |
        3        | bad-number |                 |
        4        | bad-number |                 |
        5        |            | 0.0004          | 4000000000.0000
        """);
  }

  @Test
  void timesAreBetween1970AndTheirFile(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/a.csv",
            """
            id | at
            1  | 1970-01-01T00:00:00Z
            2  | 1969-12-31T23:59:59Z
            3  | 2026-06-01T01:00:00Z
            4  | 2026-06-01T01:00:01Z
            5  | 0001-01-01T00:00:00Z
            6  | 9999-12-31T23:59:59Z
            """);
    String sale = "'x'";
    SourceRules profiles =
        new SourceBuilder("crm")
            .profile(null, "id", Map.of("created_at", "at", "birth_date", "at"), Map.of("u", "id"))
            .build();
    SourceRules costs =
        new SourceBuilder("ads").cost("id", Map.of("date", "at", "cost", "1")).build();

    assertRows(
        touchpoints(records, Map.of("occurred_at", "at", "type", sale), SourceBuilder.rules()),
        """
        position | reason
        1        |
        2        | bad-time
        3        |
        4        | future-time
        5        | bad-time
        6        | future-time
        """);
    assertRows(
        mapped(records, profiles, SourceBuilder.rules(), "profile"),
        """
        position | reason   | birth_date
        1        |          | 1970-01-01
        2        | bad-time |
        3        |          | 2026-06-01
        4        | bad-time |
        5        | bad-time |
        6        | bad-time |
        """);
    assertRows(
        mapped(records, costs, SourceBuilder.rules(), "cost"),
        """
        position | reason
        1        |
        2        | bad-time
        3        |
        4        |
        5        | bad-time
        6        | bad-time
        """);
  }

  @Test
  void birthDatesOfNobodyAreLeftOut(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/a.csv",
            """
            id | born
            1  | 1849-12-31
            2  | 1850-01-01
            3  | 2026-06-01
            4  | 2026-06-02
            5  | 9999-12-31
            """);
    SourceRules profiles =
        new SourceBuilder("crm")
            .profile(null, "id", Map.of("birth_date", "born"), Map.of("u", "id"))
            .build();

    assertRows(
        mapped(records, profiles, SourceBuilder.rules(), "profile"),
        """
        position | reason | birth_date
        1        |        |
        2        |        | 1850-01-01
        3        |        | 2026-06-01
        4        |        |
        5        |        |
        """);
  }

  @Test
  void countsOfCampaignsHaveARange(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/a.csv",
            """
            id | cost           | views               | clicks
            1  | 10000000000    | 1000000000000       | 0
            2  | 10000000000.01 | 1                   | 1
            3  | 1              | 9223372036854775807 | 1
            4  | 1              | 1                   | -1
            """);
    SourceRules costs =
        new SourceBuilder("ads")
            .cost(
                "id",
                Map.of(
                    "date", "'2026-01-01'",
                    "cost", "cost",
                    "impressions", "views",
                    "clicks", "clicks"))
            .build();

    assertRows(
        mapped(records, costs, SourceBuilder.rules(), "cost"),
        """
        position | reason
        1        |
        2        | bad-number
        3        | bad-number
        4        | bad-number
        """);
  }

  private static Dataset<Row> touchpoints(
      Dataset<Row> records, Map<String, String> columns, LoadingRules rules) {
    SourceRules source =
        new SourceBuilder("till").touchpoint("id", columns, Map.of("u", "id")).build();
    return mapped(records, source, rules, "touchpoint");
  }

  private static Dataset<Row> mapped(
      Dataset<Row> records, SourceRules source, LoadingRules rules, String made) {
    return MapRecords.candidates(records, source, rules, END)
        .select(col("position"), col("reason"), col("detail"), col(made + ".*"));
  }
}
