package io.itinera.core.spark;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.map.MapRecords;
import io.itinera.core.source.FileRules;
import io.itinera.testing.RawText;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FirstFilledTest {

  private static final Instant LATER = Instant.parse("2026-06-02T00:00:00Z");

  @Test
  void firstTextThatSaysSomethingIsTaken(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(
            spark,
            "/crm/a.csv",
            """
            id   | spare | mail            | other           | at         | city | town
            1    | x     | a@mail.example  | b@mail.example  | 2026-01-31 | Bonn | Bern
            ''   | 2     | ''              | c@mail.example  | ''         | ''   | Bern
            NULL | 3     | Unknown         | d@mail.example  | 2026-01-31 |      | ''
            n/a  |       | none            | ''              | 2026-01-31 | none | Bern
            ''   | ''    | e@mail.example  |                 | 2026-01-31 |      |
            """);
    SourceBuilder source =
        new SourceBuilder("crm")
            .format(FileRules.Format.JSONL)
            .keepUnidentified()
            .touchpoint(
                "coalesce(id, spare)",
                Map.of(
                    "occurred_at", "coalesce(at, '2026-02-01')",
                    "channel", "'crm'",
                    "type", "'visit'",
                    "city", "coalesce(city, nvl(town, 'nowhere'))"),
                Map.of("email", "coalesce(mail, other)"));

    assertRows(
        MapRecords.candidates(records, source.build(), SourceBuilder.rules(), LATER)
            .selectExpr(
                "position",
                "reason",
                "touchpoint.record_id",
                "get(touchpoint.identifiers.value, 0) AS email",
                "CAST(touchpoint.occurred_at AS DATE) AS day",
                "touchpoint.city"),
        """
        position | reason     | record_id | email          | day        | city
        1        |            | 1         | a@mail.example | 2026-01-30 | Bonn
        2        |            | 2         | c@mail.example | 2026-01-31 | Bern
        3        |            | 3         | d@mail.example | 2026-01-30 | nowhere
        4        |            | n/a       |                | 2026-01-30 | none
        5        | missing-id |           |                |            |
        """);
  }

  @Test
  void fieldsInsideOthersCountAsWellAndWhatIsNoTextStays(SparkSession spark) {
    Dataset<Row> records =
        RawText.records(spark, "/crm/a.csv", "id | mail\n1 | a@mail.example\n2 |")
            .selectExpr(
                "*",
                "named_struct('mail', ' \u00a0', 'n', CAST(NULL AS INT)) AS `per son`",
                "array(id) AS ids");
    SourceBuilder source =
        new SourceBuilder("crm")
            .format(FileRules.Format.JSONL)
            .keepUnidentified()
            .touchpoint(
                "id",
                Map.of(
                    "occurred_at", "'2026-01-31'",
                    "channel", "'crm'",
                    "type", "'visit'",
                    "product_ids", "coalesce(ids, array('none'))",
                    "sequence", "coalesce(`per son`.n, 7)"),
                Map.of("email", "coalesce(`per son`.mail, mail, 'x@mail.example')"));

    assertRows(
        MapRecords.candidates(records, source.build(), SourceBuilder.rules(), LATER)
            .selectExpr(
                "touchpoint.record_id",
                "get(touchpoint.identifiers.value, 0) AS email",
                "get(touchpoint.product_ids, 0) AS product",
                "touchpoint.sequence"),
        """
        record_id | email          | product | sequence
        1         | a@mail.example | 1       | 7
        2         | x@mail.example | 2       | 7
        """);
  }
}
