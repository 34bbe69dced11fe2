package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.trim;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.rule.Texts;
import io.itinera.testing.SparkExtension;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class BlankTextsTest {

  private static Dataset<Row> texts(SparkSession spark) {
    return spark
        .createDataset(
            List.of(
                "a",
                "",
                " ",
                "\u00a0\ufeff\t",
                " a b\r\n",
                "\u00c4",
                "\u3000\u00e9 ",
                "\u0001",
                "N/A",
                " n/a "),
            Encoders.STRING())
        .selectExpr("value AS t")
        .union(spark.sql("SELECT CAST(NULL AS STRING)"));
  }

  @Test
  void blanksAroundATextAreThoseThatSparkIsTold(SparkSession spark) {
    assertThat(texts(spark).select(BlankTexts.trimmed(col("t"))).collectAsList().toString())
        .isEqualTo(
            texts(spark)
                .select(nullif(trim(col("t"), lit(Texts.BLANKS)), lit("")))
                .collectAsList()
                .toString());
  }

  @Test
  void whatIsBlankOrNamesNobodySaysNothing(SparkSession spark) {
    assertThat(saying(spark, Set.of()))
        .containsExactly(
            "a",
            null,
            null,
            null,
            " a b\r\n",
            "\u00c4",
            "\u3000\u00e9 ",
            "\u0001",
            "N/A",
            " n/a ",
            null);
    assertThat(saying(spark, Set.of("n/a", "\u00e4")))
        .containsExactly(
            "a", null, null, null, " a b\r\n", null, "\u3000\u00e9 ", "\u0001", null, null, null);
  }

  private static List<String> saying(SparkSession spark, Set<String> nothing) {
    return texts(spark)
        .select(
            ExpressionUtils.column(
                BlankTexts.saying(ExpressionUtils.expression(col("t")), nothing)))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
