package io.itinera.jobs.read;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class InferredTypesTest {

  @Test
  void oneOddRecordDoesNotDecideTypesForAll(SparkSession spark, @TempDir Path landing)
      throws IOException {
    Files.writeString(
        landing.resolve("a.jsonl"),
        """
        {"id":"1","ref":null,"at":null,"who":{"mail":null},"tags":["a"]}
        {"id":"2","ref":["odd"],"at":{"day":1},"who":{"mail":{"x":"y"}},"tags":["b","c"]}
        """);
    SourceRules source =
        new SourceBuilder("test")
            .format(Format.JSONL)
            .path(landing + "/*")
            .touchpoint(
                "coalesce(ref, id)",
                Map.of("occurred_at", "at", "product_ids", "transform(tags, t -> upper(t))"),
                Map.of("email", "lower(who.mail)"))
            .build();

    assertRows(
        RawFiles.read(spark, source, RawFiles.list(spark, source))
            .selectExpr("id", "ref", "at", "who.mail", "size(tags) AS tags"),
        """
        id | ref     | at        | mail      | tags
        1  |         |           |           | 1
        2  | ["odd"] | {"day":1} | {"x":"y"} | 2
        """);
  }

  @Test
  void noNameOfAFieldStopsANight(SparkSession spark, @TempDir Path landing) throws IOException {
    Files.writeString(
        landing.resolve("a.jsonl"),
        """
        {"id":"1","_corrupt_record":"x","_itinera_misfit":"y","_PATH":"z","_record":{"a":1}}
        {"id":"2","a.b":"dot","a`b":"tick","":"none"}
        {"ID":"3"}
        """);
    SourceRules source =
        new SourceBuilder("test")
            .format(Format.JSONL)
            .path(landing + "/*")
            .touchpoint("id", Map.of("occurred_at", "at"), Map.of())
            .build();

    assertRows(
        RawFiles.read(spark, source, RawFiles.list(spark, source))
            .selectExpr("_position", "id", "_problem"),
        """
        _position | id | _problem
        1         | 1  |
        2         | 2  |
        3         | 3  |
        """);
  }
}
