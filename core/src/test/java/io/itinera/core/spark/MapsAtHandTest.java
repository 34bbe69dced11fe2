package io.itinera.core.spark;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A map that was read once says the same. */
@ExtendWith(SparkExtension.class)
class MapsAtHandTest {

  @Test
  void keysAndValuesAreThoseOfTheFile(SparkSession spark, @TempDir Path folder) {
    String file = folder.resolve("maps").toString();
    spark
        .sql(
            """
            SELECT * FROM VALUES
              (1, map('search', 'shoes', 'reason', CAST(NULL AS STRING))),
              (2, map('search', 'boots')),
              (3, CAST(map() AS MAP<STRING, STRING>)),
              (4, CAST(NULL AS MAP<STRING, STRING>)) AS t(id, properties)
            """)
        .coalesce(1)
        .write()
        .parquet(file);
    Dataset<Row> read = spark.read().parquet(file);

    List<String> expected = told(read);

    assertEquals(
        List.of("[1,shoes,null,2]", "[2,boots,null,1]", "[3,null,null,0]", "[4,null,null,null]"),
        expected);
    assertEquals(expected, told(read.withColumn("properties", MapsAtHand.of(col("properties")))));
  }

  private static List<String> told(Dataset<Row> rows) {
    return rows
        .selectExpr("id", "properties['search']", "properties['reason']", "cardinality(properties)")
        .orderBy("id")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
