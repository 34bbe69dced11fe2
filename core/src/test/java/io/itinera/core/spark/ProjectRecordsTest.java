package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

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
    String before = spark.conf().get(MODE);
    spark.conf().set(MODE, mode);
    try {
      assertThat(shown(spark, ProjectRecords.of(rows).orElseThrow(), rows.schema()))
          .isEqualTo(expected)
          .contains("[1,ANNA,a, Anna ,1,ANNAa,true,1.00]");
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
