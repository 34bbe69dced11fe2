package io.itinera.core.rule;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.map.MapRecords;
import io.itinera.core.source.RawRecords;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class IdentifiersTest {

  private static final Map<String, String> VISIT =
      Map.of("occurred_at", "'2026-01-01'", "type", "'visit'");

  @Test
  void identifiersAreSpeltInOneWayAndPlaceholdersNameNobody(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
                spark,
                "/crm/a.csv",
                """
                id | mail              | tel               | card
                1  | Ada@Example.ORG   | 030 / 123456      | A\u0301
                2  | \u00a0ada@x.org\t | +49 (0)30 123456  | unknown
                3  | ada@x             | 0000000000        | 00-0
                4  | test@test.com     | 112               | N/A
                5  | no mail           | call me           | -1
                6  | a@b@c.org         |                   | long
                7  | a b@c.org         |                   | longer
                8  |                   |                   | 0a\u0007b
                """)
            .withColumn(
                "card",
                expr(
                    "case card when 'long' then repeat('x', 1000)"
                        + " when 'longer' then repeat('x', 1001) else card end"));
    SourceRules source =
        new SourceBuilder("crm")
            .keepUnidentified()
            .touchpoint("id", VISIT, Map.of("email", "mail", "phone", "tel", "card", "card"))
            .build();

    assertRows(
        mapped(records, source)
            .select(
                col("position"),
                col("reason"),
                col("identifiers.type").cast("string").as("types"),
                expr("nullif(array_join(transform(identifiers, i -> left(i.value, 20)), ' '), '')")
                    .as("values"),
                col("properties").cast("string").as("properties")),
        """
        position | reason | types                | values                       | properties
        1        |  | [card, email, phone] | Á ada@example.org +4930123456 |
        2        |  | [email, phone]       | ada@x.org +4930123456        |
        3        |  | []                   |                              | {phone -> 0000000000}
        4        |  | []                   |                              | {phone -> 112}
        5        |  | []                   |                              | {phone -> call me}
        6        |  | [card]               | xxxxxxxxxxxxxxxxxxxx         |
        7        | long-identifier |       |                              |
        8        |  | [card]               | 0ab                          |
        """);
  }

  @Test
  void expressionMayGiveSeveralIdentifiersOfOneType(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/crm/a.csv",
            """
            id | mails
            1  | b@x.org;A@x.org;b@x.org;;none
            2  |
            """);
    SourceRules source =
        new SourceBuilder("crm")
            .touchpoint("id", VISIT, Map.of("email", "split(mails, ';')", "crm_id", "null"))
            .build();

    assertRows(
        mapped(records, source)
            .select(col("position"), col("reason"), col("identifiers").cast("string").as("found")),
        """
        position | reason        | found
        1        |               | [{email, a@x.org}, {email, b@x.org}]
        2        | no-identifier |
        """);
  }

  @Test
  void profileWithoutIdentifiersLeavesItsTouchpointStandingWhereThatIsAllowed(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/crm/a.csv",
            """
            id | mail    | born       | made       | is_gone
            1  | a@x.org | 1990-02-01 | 2026-01-01 | true
            2  |         | 1990-02-01 | 2026-01-01 |
            3  | c@x.org | 1990-02-31 | soon       |
            4  | d@x.org | 00.00.0000 |            |
            """);
    Map<String, String> person =
        Map.of("email", "mail", "birth_date", "born", "created_at", "made", "deleted", "is_gone");
    SourceRules both =
        new SourceBuilder("crm")
            .keepUnidentified()
            .touchpoint("id", VISIT, Map.of("email", "mail"))
            .profile(null, "id", person, Map.of("email", "mail"))
            .build();
    SourceRules profilesOnly =
        new SourceBuilder("crm").profile("id > 1", "id", person, Map.of("email", "mail")).build();

    assertRows(
        candidates(records, both)
            .select(
                col("position"),
                col("reason"),
                col("touchpoint.type"),
                col("profile.email"),
                col("profile.birth_date"),
                col("profile.created_at"),
                col("profile.deleted")),
        """
        position | reason   | type  | email   | birth_date | created_at          | deleted
        1        |          | visit | a@x.org | 1990-02-01 | 2025-12-31 23:00:00 | true
        2        |          | visit |         |            |                     |
        3        | bad-time |       |         |            |                     |
        4        |          | visit | d@x.org |            |                     | false
        """);
    assertRows(
        candidates(records, profilesOnly).select(col("position"), col("reason")),
        """
        position | reason
        1        | filtered
        2        | no-identifier
        3        | bad-time
        4        |
        """);
  }

  @Test
  void malformedRecordPassesThroughWithItsText(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(spark, "/crm/a.csv", "id | mail\n1 | a@x.org\n")
            .withColumn(RawRecords.PROBLEM, lit("malformed"))
            .withColumn(RawRecords.PROBLEM_DETAIL, lit("3 fields instead of 2"));
    SourceRules source =
        new SourceBuilder("crm").touchpoint("id", VISIT, Map.of("email", "mail")).build();

    assertThat(
            candidates(records, source)
                .select("record", "reason", "detail", "touchpoint")
                .collectAsList())
        .containsExactly(
            RowFactory.create("1 | a@x.org", "malformed", "3 fields instead of 2", null));
  }

  private static Dataset<Row> mapped(Dataset<Row> records, SourceRules source) {
    return candidates(records, source).select(col("position"), col("reason"), col("touchpoint.*"));
  }

  private static Dataset<Row> candidates(Dataset<Row> records, SourceRules source) {
    return MapRecords.candidates(
        records, source, SourceBuilder.rules(), Instant.parse("2026-05-31T22:00:00Z"));
  }
}
