package io.itinera.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDates;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys are looked at while rows are written; what a query says of them afterwards is the oracle.
 */
@ExtendWith(SparkExtension.class)
class KeysWrittenTest {

  @Test
  void distinctKeysNeedNoQuery(SparkSession spark, @TempDir Path home) {
    Lake lake = lake(spark, home, TouchpointDates.TABLE);
    lake.overwrite(
        TouchpointDates.TABLE, dates(spark, "('a', DATE'2025-01-01'), ('b', DATE'2025-01-01')"));

    assertThat(jobsToLookAtKeys(spark, lake)).isZero();
  }

  @Test
  void oneDayMayHaveWhatAnotherHasWhereTheDayIsInTheKey(SparkSession spark, @TempDir Path home) {
    assertThat(CustomerDays.TABLE.key()).containsAll(CustomerDays.TABLE.partitions());

    Lake lake = lake(spark, home, CustomerDays.TABLE);
    Dataset<Row> days =
        spark.sql(
            "SELECT customer_id, event_date FROM VALUES ('a', DATE'2025-01-01'),"
                + " ('a', DATE'2025-01-02') AS t (customer_id, event_date)");
    lake.overwrite(CustomerDays.TABLE, filled(CustomerDays.TABLE, days));

    assertThat(jobsToLookAtKeys(spark, lake)).isZero();
  }

  @Test
  void keyThatComesTwiceOnTwoDaysIsNoticedWhereTheDayIsNotInTheKey(
      SparkSession spark, @TempDir Path home) {
    Table table = TouchpointSessions.TABLE;
    assertThat(table.key()).doesNotContainAnyElementsOf(table.partitions());
    Lake lake = lake(spark, home, table);
    Dataset<Row> twice =
        spark.sql(
            "SELECT touchpoint_id, event_date, 's' AS session_id FROM VALUES"
                + " ('a', DATE'2025-01-01'), ('a', DATE'2025-01-02') AS t (touchpoint_id,"
                + " event_date)");
    lake.overwrite(table, filled(table, twice).repartition(2));

    assertThatThrownBy(lake::requireUniqueKeys).isInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void keyThatTwoTasksWriteIsNoticed(SparkSession spark, @TempDir Path home) {
    Lake lake = lake(spark, home, TouchpointDates.TABLE);
    Dataset<Row> one = dates(spark, "('a', DATE'2025-01-01')");
    lake.overwrite(TouchpointDates.TABLE, one.union(one));

    assertThatThrownBy(lake::requireUniqueKeys).isInstanceOf(DuplicateKeyException.class);
  }

  @Test
  void soManyThatTasksDoNotKeepThemAreAskedFor(SparkSession spark, @TempDir Path home) {
    Lake lake = lake(spark, home, TouchpointDates.TABLE);
    lake.overwrite(
        TouchpointDates.TABLE,
        spark
            .range(0, 300_000, 1, 1)
            .selectExpr("CAST(id AS string) AS touchpoint_id", "DATE'2025-01-01' AS event_date"));

    assertThat(jobsToLookAtKeys(spark, lake)).isPositive();
  }

  private static int jobsToLookAtKeys(SparkSession spark, Lake lake) {
    try (JobCount jobs = new JobCount(spark)) {
      lake.requireUniqueKeys();
      return jobs.count();
    }
  }

  private static Lake lake(SparkSession spark, Path home, Table table) {
    Lake lake = new Lake(spark, home.toString());
    lake.create(table);
    return lake;
  }

  private static Dataset<Row> dates(SparkSession spark, String rows) {
    return spark.sql("SELECT * FROM VALUES " + rows + " AS t (touchpoint_id, event_date)");
  }

  private static Dataset<Row> filled(Table table, Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(List.of(), table.schema()).unionByName(rows, true);
  }
}
