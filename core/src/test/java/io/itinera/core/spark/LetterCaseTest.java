package io.itinera.core.spark;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.testing.SparkExtension;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class LetterCaseTest {

  @Test
  void lettersOfAllScriptsBecomeWhatSparkMakesOfThem(SparkSession spark) {
    Dataset<Row> texts =
        spark
            .createDataset(
                List.of(
                    "",
                    "Abc xYz 09",
                    "\u00c4\u00df\u0130I\u0131",
                    "\u03a3\u03a3\u03c2",
                    "\ud801\udc00"),
                Encoders.STRING())
            .selectExpr("value AS t", "length(value) AS n");
    for (String text : List.of("lower(t)", "upper(t)", "LCASE(t)", "ucase(t)", "lower(n)")) {
      assertThat(texts.select(PatternFunctions.expr(text)).collectAsList().toString())
          .as(text)
          .isEqualTo(texts.select(expr(text)).collectAsList().toString());
    }
    assertThat(PatternFunctions.madeSafe(PatternFunctions.parse("lower(t)")).toString())
        .contains("LetterCase.lower");
  }
}
