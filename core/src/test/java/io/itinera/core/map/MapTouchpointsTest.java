package io.itinera.core.map;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.source.SourceRules;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class MapTouchpointsTest {

  private static final Map<String, String> SALE =
      Map.of("occurred_at", "at", "channel", "'store'", "type", "type", "value", "amount");

  @Test
  void timesWithoutZoneAreTakenInTheZoneOfTheSource(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | at
            1  | 2026-01-31 23:30:00
            2  | 2026-03-29 02:30:00
            3  | 2026-03-29 03:30:00
            4  | 2026-03-31T23:30:00+02:00
            5  | 2026-03-31T23:30:00Z
            6  | 2026-03-31 23:30:00 -0500
            7  | 10:30
            8  | 31.03.2026 10:30
            9  | 2026-02-30 10:00:00
            10 |
            11 | ''
            12 | 1899-12-31 10:00:00
            13 | 2026-06-01 02:59:59
            14 | 2026-06-01 03:00:01
            """);

    assertRows(
        mapped(records, till("id", Map.of("occurred_at", "at", "type", "'x'"), Map.of("u", "id"))),
        """
        position | reason       | occurred_at         | event_date
        1        |              | 2026-01-31 22:30:00 | 2026-01-31
        2        |              | 2026-03-29 01:30:00 | 2026-03-29
        3        |              | 2026-03-29 01:30:00 | 2026-03-29
        4        |              | 2026-03-31 21:30:00 | 2026-03-31
        5        |              | 2026-03-31 23:30:00 | 2026-04-01
        6        |              | 2026-04-01 04:30:00 | 2026-04-01
        7        | bad-time     |                     |
        8        | bad-time     |                     |
        9        | bad-time     |                     |
        10       | missing-time |                     |
        11       | missing-time |                     |
        12       | bad-time     |                     |
        13       |              | 2026-06-01 00:59:59 | 2026-06-01
        14       | future-time  |                     |
        """);
  }

  @Test
  void expressionsOfAnyTimeTypeGiveInstants(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            kind  | at
            local | 31.03.2026 10:30
            micro | 1774953000000000
            ntz   | 2026-03-31 10:30:00
            none  | 99.99.2026 10:30
            """);
    String at =
        """
        case kind when 'local' then to_timestamp(at, 'dd.MM.yyyy HH:mm')
          when 'micro' then timestamp_micros(cast(at as bigint))
          when 'ntz' then cast(cast(at as timestamp_ntz) as timestamp)
          else to_timestamp(at, 'dd.MM.yyyy HH:mm') end
        """;

    assertRows(
        mapped(
            records, till("kind", Map.of("occurred_at", at, "type", "'x'"), Map.of("u", "kind"))),
        """
        position | reason   | occurred_at
        1        |          | 2026-03-31 08:30:00
        2        |          | 2026-03-31 10:30:00
        3        |          | 2026-03-31 08:30:00
        4        | bad-time |
        """);
  }

  @Test
  void endsOfAllTimeAreRejectedLikeOtherWrongTimes(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | micros
            1  | 9223372036854775807
            2  | -9223372036854775808
            """);
    String at = "timestamp_micros(cast(micros as bigint))";

    assertRows(
        mapped(records, till("id", Map.of("occurred_at", at, "type", "'x'"), Map.of("u", "id"))),
        """
        position | reason      | event_date
        1        | future-time |
        2        | bad-time    |
        """);
  }

  @Test
  void moneyIsPositiveForPurchasesNegativeForRefundsAndNothingElse(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | at         | type        | amount
            1  | 2026-01-01 | Purchase    | 12.34567
            2  | 2026-01-01 | refund      | 5
            3  | 2026-01-01 | refund      | -5
            4  | 2026-01-01 | PageView    | 5
            5  | 2026-01-01 | purchase    | twelve
            6  | 2026-01-01 | purchase    | -3
            7  | 2026-01-01 | purchase    |
            8  | 2026-01-01 |             | 1
            9  | 2026-01-01 | Add to Cart |
            10 | 2026-01-01 | purchase    | 123456789012345.0
            """);

    assertRows(
        mapped(records, till("id", SALE, Map.of("loyalty_id", "id"))),
        """
        position | reason       | type        | value    | stage
        1        |              | purchase    | 12.3457  | conversion
        2        |              | refund      | -5.0000  | consideration
        3        |              | refund      | -5.0000  | consideration
        4        |              | page_view   |          | consideration
        5        | bad-number   |             |          |
        6        | bad-number   |             |          |
        7        |              | purchase    |          | conversion
        8        | missing-type |             |          |
        9        |              | add_to_cart |          | consideration
        10       | bad-number   |             |          |
        """);
  }

  @Test
  void expressionThatFailsGivesNullAndNotAFailedNight(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | at         | amount | medium
            1  | 2026-01-01 | 8      | cpc
            2  | 2026-01-01 | x      | mail
            """);
    Map<String, String> columns =
        Map.of(
            "occurred_at",
            "if(amount = 'x', raise_error('no'), at)",
            "type",
            "'x'",
            "cost",
            "cast(amount as int) / 0",
            "duration_seconds",
            "cast(amount as int)",
            "rating",
            "cast(amount as int) + 1",
            "medium",
            "medium",
            "city",
            "split(amount, ',')[7]",
            "country",
            "url_decode('%')");

    assertRows(
        mapped(records, till("id", columns, Map.of("u", "id"))),
        """
        position | reason   | cost | duration_seconds | rating | city | marketing_channel | stage
        1        |          |      | 8                | 9.0    |      | paid_search       | awareness
        2        | bad-time |      |                  |        |      |                   |
        """);
  }

  @Test
  void conditionsOfTheSourceLeaveRecordsOut(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/till/a.csv",
            """
            id | at         | storno
            1  | 2026-01-01 | 0
            2  | 2026-01-01 | 1
            3  | 2026-01-01 |
            4  |            | 1
            """);
    SourceRules source =
        new SourceBuilder("till")
            .where("storno = 0")
            .touchpoint("id", Map.of("occurred_at", "at", "type", "'x'"), Map.of("u", "id"))
            .build();

    assertRows(
        mapped(records, source),
        """
        position | reason   | occurred_at
        1        |          | 2025-12-31 23:00:00
        2        | filtered |
        3        | filtered |
        4        | filtered |
        """);
  }

  @Test
  void sameTextTwiceInOneFileIsTwoTouchpointsAndAgainInAnotherFileTheSame(SparkSession spark) {
    String text =
        """
        at         | card
        2026-01-01 | a
        2026-01-01 | b
        2026-01-01 | a
        """;
    Dataset<Row> records =
        RawText.records(spark, "/till/1.csv", text)
            .union(RawText.records(spark, "/till/2.csv", text));
    SourceRules source =
        till(null, Map.of("occurred_at", "at", "type", "'x'"), Map.of("c", "card"));

    List<String> ids =
        mapped(records, source)
            .orderBy("path", "position")
            .select("touchpoint_id")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(ids.subList(0, 3)).doesNotHaveDuplicates().allMatch(id -> id.length() == 32);
    assertThat(ids.subList(3, 6)).isEqualTo(ids.subList(0, 3));
  }

  @Test
  void versionComesFromTheRecordElseFromTheNameOfItsFile(SparkSession spark) {
    String text =
        """
        id | at         | changed
        1  | 2026-01-01 | 2026-01-05 12:00:00
        2  | 2026-01-01 |
        """;
    Dataset<Row> records =
        RawText.records(spark, "/till/20250101/sales_2026-01-31.csv", text)
            .union(RawText.records(spark, "/till/20250101/sales-120260131.csv", text))
            .union(RawText.records(spark, "/till/sales20260230_20260228T1.csv", text));
    SourceRules source =
        new SourceBuilder("till")
            .versionAt("changed")
            .touchpoint("id", Map.of("occurred_at", "at", "type", "'x'"), Map.of("u", "id"))
            .build();

    assertRows(
        mapped(records, source).where("record_id = 2"),
        """
        path                                 | record_version
        /till/20250101/sales_2026-01-31.csv  | 2026-01-30 23:00:00
        /till/20250101/sales-120260131.csv   |
        /till/sales20260230_20260228T1.csv   |
        """);
    assertThat(mapped(records, source).where("record_version = '2026-01-05 11:00:00'").count())
        .isEqualTo(3);
  }

  @Test
  void wrongExpressionsAreAllNamed(SparkSession spark) {
    Dataset<Row> records = RawText.records(spark, "/a", "id | at\n1 | 2026-01-01\n");
    SourceRules source =
        till("id", Map.of("occurred_at", "nosuch(at)", "type", "id + array(1)"), Map.of());

    assertThatThrownBy(() -> mapped(records, source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("till", "t_occurred_at", "nosuch", "t_type");
  }

  private static SourceRules till(
      String id, Map<String, String> columns, Map<String, String> identifiers) {
    return new SourceBuilder("till").touchpoint(id, columns, identifiers).build();
  }

  private static Dataset<Row> mapped(Dataset<Row> records, SourceRules source) {
    return MapRecords.candidates(
            records, source, SourceBuilder.rules(), Instant.parse("2026-05-31T22:00:00Z"))
        .select(col("path"), col("position"), col("reason"), col("touchpoint.*"));
  }
}
