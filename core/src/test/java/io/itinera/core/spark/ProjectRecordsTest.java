package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.testing.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class ProjectRecordsTest {

  private static final String MODE = "spark.sql.codegen.factoryMode";

  private static final StructType SCHEMA =
      StructType.fromDDL("id BIGINT, name STRING, tags ARRAY<STRUCT<key: STRING, value: STRING>>");

  /** Names and lists that are there, empty, and missing. */
  private static Dataset<Row> records(SparkSession spark) {
    List<Row> rows =
        spark
            .sql(
                "SELECT * FROM VALUES (1L, ' Anna ', array(named_struct('key', 'a', 'value',"
                    + " 'x'))), (2L, '', array()), (3L, NULL, NULL) AS t(id, name, tags)")
            .collectAsList();
    var context = new org.apache.spark.api.java.JavaSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows, 2), SCHEMA);
  }

  /** Each uses what the one before has made, which Spark would not compute twice. */
  private static Dataset<Row> projected(Dataset<Row> records) {
    return records
        .selectExpr("*", "trim(name) AS dense", "tags.key AS keys", "uuid() AS one")
        .selectExpr("*", "upper(dense) AS loud", "get(keys, 0) AS first", "one = one AS same")
        .selectExpr(
            "id",
            "loud",
            "first",
            "name AS spoken",
            "size(tags) AS n",
            "loud || first AS both",
            "same",
            "CAST(id AS DECIMAL(10, 2)) AS price");
  }

  /** Small nights interpret expressions, large loads compile them. */
  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void projectionsOverRowsInMemoryGiveWhatSparkGives(String mode, SparkSession spark) {
    Dataset<Row> rows = projected(records(spark));
    List<String> expected = rows.collectAsList().stream().map(Row::toString).sorted().toList();
    assertGivesWhatSparkGives(spark, rows, mode);
    assertThat(expected).contains("[1,ANNA,a, Anna ,1,ANNAa,true,1.00]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void textsThatComeAgainGiveTheSameAgain(String mode, SparkSession spark) {
    Dataset<Row> rows =
        many(spark)
            .selectExpr("*", "n % 5 <> 0 AS is_kept")
            .selectExpr(
                "n",
                "CASE WHEN is_kept THEN try_url_decode(page) END AS page",
                "CASE WHEN is_kept THEN map('page', upper(try_url_decode(page)), 'n', n) END AS"
                    + " all",
                "coalesce(try_url_decode(page), 'none') || n AS both",
                "transform(array(1, 2), i -> try_url_decode(page) || i) AS each",
                "split(try_url_decode(page), 'o') AS list");

    assertGivesWhatSparkGives(spark, rows, mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void mapsAreWhatSparkMakesOfThem(String mode, SparkSession spark) {
    Dataset<Row> rows =
        many(spark)
            .selectExpr(
                "map('n', n, 'page', page) AS written",
                "map('n', n, 'n', 'last') AS twice",
                "map(n, page, 'n', 'other') AS computed",
                "map('in', map('n', n), 'none', NULL) AS nested",
                "map(1, n, 2, page) AS numbered",
                "transform(array(1, 2), i -> map('i', i, 'n', 3)) AS each");

    assertGivesWhatSparkGives(spark, rows, mode);
  }

  /** More texts than are remembered, some of which come again. */
  private static Dataset<Row> many(SparkSession spark) {
    List<Row> rows =
        spark
            .range(3000)
            .selectExpr(
                "CAST(id AS STRING) AS n",
                "CASE WHEN id % 7 = 0 THEN NULL WHEN id % 11 = 0 THEN '%zz'"
                    + " ELSE '/shop%20' || (id % 1700) END AS page")
            .collectAsList();
    var context = new org.apache.spark.api.java.JavaSparkContext(spark.sparkContext());
    return spark.createDataFrame(
        context.parallelize(rows, 2), StructType.fromDDL("n STRING, page STRING"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void whatNobodyAsksForNeedNotBeComputable(String mode, SparkSession spark) {
    Dataset<Row> rows =
        many(spark)
            .selectExpr(
                "n",
                "CASE WHEN page LIKE '%zz' OR page IS NULL THEN n ELSE url_decode(page) END AS"
                    + " page",
                "CASE WHEN n < 0 THEN aes_decrypt(page, 'short') END AS secret");

    assertGivesWhatSparkGives(spark, rows, mode);
  }

  @Test
  void whatSomebodyAsksForMustBeComputable(SparkSession spark) {
    Dataset<Row> rows = many(spark).selectExpr("n || url_decode(page) AS page");
    JavaRDD<InternalRow> projected = ProjectRecords.of(rows).orElseThrow();

    assertThatThrownBy(() -> shown(spark, projected, rows.schema()))
        .hasStackTraceContaining("CANNOT_DECODE_URL");
  }

  private static void assertGivesWhatSparkGives(
      SparkSession spark, Dataset<Row> rows, String mode) {
    List<String> expected = rows.collectAsList().stream().map(Row::toString).sorted().toList();
    String before = spark.conf().get(MODE);
    spark.conf().set(MODE, mode);
    try {
      assertThat(shown(spark, ProjectRecords.of(rows).orElseThrow(), rows.schema()))
          .isEqualTo(expected);
    } finally {
      spark.conf().set(MODE, before);
    }
  }

  @Test
  void whatIsMoreThanProjectionsIsLeftToSpark(SparkSession spark) {
    Dataset<Row> records = records(spark);

    assertThat(
            Stream.of(
                projected(records.where(col("id").gt(1))),
                projected(records).distinct(),
                projected(
                    spark
                        .range(1)
                        .selectExpr("id", "'a' AS name", "NULL AS tags")
                        .selectExpr(
                            "id",
                            "name",
                            "CAST(tags AS ARRAY<STRUCT<key: STRING, value: STRING>>) AS tags")),
                records.selectExpr("id", "(SELECT max(id) FROM range(3)) AS other")))
        .allMatch(rows -> ProjectRecords.of(rows).isEmpty());
  }

  private static List<String> shown(
      SparkSession spark, JavaRDD<InternalRow> rows, StructType schema) {
    List<String> shown = new ArrayList<>();
    ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.rdd(), schema, false)
        .collectAsList()
        .forEach(row -> shown.add(row.toString()));
    return shown.stream().sorted().toList();
  }
}
