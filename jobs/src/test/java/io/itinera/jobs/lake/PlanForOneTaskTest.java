package io.itinera.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.spark.HoldRows;
import io.itinera.jobs.night.WorkMode;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PlanForOneTaskTest {

  @TempDir Path folder;
  private SparkSession spark;

  @BeforeEach
  void writeFourFiles(SparkSession session) {
    spark = session.newSession();
    WorkMode.LITTLE.forEach(spark.conf()::set);
    PlanForOneTask.teach(spark);
    spark.range(0, 100, 1, 4).write().parquet(folder.resolve("rows").toString());
  }

  @Test
  void whatOneTaskReadsIsGroupedAndJoinedWhereItIs() {
    Dataset<Row> joined = ofFilesWithGroups();

    assertThat(plan(joined)).doesNotContain("Exchange");
    assertThat(joined.count()).isEqualTo(34);
    assertThat(joined.rdd().getNumPartitions()).isOne();
  }

  @Test
  void conditionStillReachesTheFiles() {
    assertThat(plan(rows().where("id > 98"))).contains("DataFilters: [(id");
  }

  @Test
  void heldRowsOfOneTaskAreJoinedWhereTheyAre() {
    Dataset<Row> held =
        rows().where("id % 3 = 0").select(col("id").as("held")).transform(HoldRows::of);
    Dataset<Row> joined = rows().join(held, col("id").equalTo(col("held")), "left_anti");

    assertThat(plan(joined)).doesNotContain("Exchange");
    assertThat(joined.count()).isEqualTo(66);
  }

  @Test
  void elseRowsAreShuffled() {
    spark.conf().unset(PlanForOneTask.IS_WANTED);

    Dataset<Row> joined = ofFilesWithGroups();

    assertThat(plan(joined)).contains("Exchange");
    assertThat(joined.count()).isEqualTo(34);
  }

  private Dataset<Row> rows() {
    return spark.read().parquet(folder.resolve("rows").toString());
  }

  private Dataset<Row> ofFilesWithGroups() {
    Dataset<Row> groups = rows().where("id % 3 = 0").groupBy("id").agg(count("*").as("n"));
    return rows().join(groups, "id");
  }

  private static String plan(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }
}
