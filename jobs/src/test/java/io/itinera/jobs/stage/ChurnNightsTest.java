package io.itinera.jobs.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.churn.TrainingRows;
import io.itinera.core.table.ChurnModels;
import io.itinera.core.table.ChurnScores;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerValue;
import io.itinera.core.table.ModelReports;
import io.itinera.core.table.NextProducts;
import io.itinera.core.table.QualityChecks;
import io.itinera.core.table.Table;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.Slice;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights of customers who order at one rate; a third of them complains one day, and is gone. */
@ExtendWith(SparkExtension.class)
class ChurnNightsTest {

  private static final LocalDate SUNDAY = LocalDate.of(2025, 3, 2);
  private static final LocalDate TUESDAY = SUNDAY.plusDays(2);
  private static final List<Table> TABLES =
      List.of(
          CustomerDays.TABLE,
          CustomerValue.TABLE,
          ChurnScores.TABLE,
          ChurnModels.TABLE,
          NextProducts.TABLE,
          ModelReports.TABLE,
          QualityChecks.TABLE);

  @TempDir private Path folder;

  private Lake lake;

  @BeforeEach
  void fill(SparkSession spark) {
    lake = filled(spark, "warehouse");
  }

  private Lake filled(SparkSession spark, String warehouse) {
    Lake filled = new Lake(spark, folder.resolve(warehouse).toString());
    TABLES.forEach(filled::create);
    ModelJobsTest.write(
        filled,
        CustomerDays.TABLE,
        spark
            .range(400)
            .selectExpr(
                "id",
                "IF(id % 3 = 0, 10 + 2 * pmod(xxhash64(id), 42), 999) AS complains",
                "explode(sequence(0, 96, 2)) AS day")
            .selectExpr(
                "id",
                "day",
                "day = complains AS complaint",
                "day < complains AND (day = id % 20 * 2 OR pmod(xxhash64(id, day), 8) = 0 AND day >"
                    + " id % 20 * 2) AS orders")
            .where("complaint OR orders")
            .selectExpr(
                "concat('c', id) AS customer_id",
                "date_add(DATE'" + TUESDAY + "', CAST(day AS INT) - 96) AS event_date",
                "1L AS touchpoints_count",
                "CAST(orders AS BIGINT) AS orders_count",
                "IF(orders, 10.0, NULL) AS order_value",
                "map(IF(complaint, 'complaint', 'purchase'), 1L) AS types"));
    return filled;
  }

  @Test
  void nightsBetweenTrainingsScoreAsOneThatLooksBack(SparkSession spark) {
    night(lake, SUNDAY);
    long trained = version();
    orderOn(lake, TUESDAY);
    night(lake, TUESDAY);
    assertThat(version()).as("what is new is later").isEqualTo(trained);
    assertThat(rows(lake, ChurnScores.TABLE, TUESDAY))
        .hasSizeGreaterThan(350)
        .allMatch(row -> row.getAs(ChurnScores.MODEL).equals("logistic-regression"))
        .anyMatch(
            row ->
                row.<String>getList(row.fieldIndex(ChurnScores.TOP_REASONS))
                    .contains("1 complaint in the last 90 days"));

    orderOn(lake, SUNDAY.minusDays(4));
    night(lake, TUESDAY);
    assertThat(version()).as("what the training knew has changed").isGreaterThan(trained);

    Lake other = filled(spark, "other");
    orderOn(other, TUESDAY);
    orderOn(other, SUNDAY.minusDays(4));
    night(other, TUESDAY);
    for (Table table : List.of(ChurnScores.TABLE, ModelReports.TABLE)) {
      assertThat(rows(other, table, TUESDAY)).isEqualTo(rows(lake, table, TUESDAY));
    }
    assertThat(TrainingRows.day(other.rows(ChurnModels.TABLE).get(0))).isEqualTo(SUNDAY);
  }

  @Test
  void whereTooFewAreKnownTheValueModelTellsChurn() {
    night(lake, SUNDAY, 1_000);

    assertThat(lake.rows(ChurnModels.TABLE)).isEmpty();
    assertThat(rows(lake, ChurnScores.TABLE, SUNDAY))
        .isNotEmpty()
        .allMatch(row -> row.getAs(ChurnScores.MODEL).equals("bg-nbd"));
    assertThat(rows(lake, ModelReports.TABLE, SUNDAY))
        .anyMatch(row -> row.getAs(ModelReports.METRIC).equals("known-customers"));
  }

  private long version() {
    lake.begin("");
    return lake.version(ChurnModels.TABLE);
  }

  private void night(Lake lake, LocalDate asOf) {
    night(lake, asOf, 40);
  }

  private void night(Lake lake, LocalDate asOf, int leastLabelled) {
    Path file = folder.resolve("my.conf");
    String settings =
        """
        itinera.value {
          models = [bg-nbd], hold-outs = [20 days], churn-window = 20 days
          churn { models = [value-model, logistic-regression], least-labelled = %d }
        }
        """
            .formatted(leastLabelled);
    try {
      Files.writeString(file, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lake.begin("test");
    ValueJob.run(
        new StageContext(
            lake,
            ConfigReader.read(List.of(file), Map.of(), Map.of()),
            new Night("run", asOf, false)));
  }

  /** Late records: all who did anything that day ordered. */
  private static void orderOn(Lake lake, LocalDate day) {
    lake.begin("late");
    lake.replace(
        CustomerDays.TABLE,
        Slice.of(CustomerDays.TABLE, List.of(day)),
        lake.read(CustomerDays.TABLE)
            .where(col("event_date").equalTo(lit(day)))
            .withColumn("orders_count", lit(3L)));
  }

  private static List<Row> rows(Lake lake, Table table, LocalDate asOf) {
    lake.begin("");
    return lake.read(table)
        .where(col("as_of").equalTo(lit(asOf)))
        .orderBy(table.key().stream().map(name -> col(name)).toArray(Column[]::new))
        .collectAsList();
  }
}
