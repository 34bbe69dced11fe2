package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.Households;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDates;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two stages that run at the same time: one writes touchpoint_dates, the other households. */
@ExtendWith(SparkExtension.class)
class StageRunnerTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);
  private static final Table DATES = TouchpointDates.TABLE;
  private static final Table HOUSEHOLDS = Households.TABLE;

  @TempDir Path folder;

  private final CountDownLatch bothRun = new CountDownLatch(2);
  private ItineraConfig config;

  @BeforeEach
  void configure() {
    config = ConfigReader.read(List.of(), Map.of("itinera.warehouse", folder.toString()), Map.of());
  }

  static boolean hasTwoCores() {
    return Runtime.getRuntime().availableProcessors() > 1;
  }

  @Test
  @EnabledIf("hasTwoCores")
  void eachIsCountedForItselfAndInItsOwnSession(SparkSession spark) {
    List<StageReport> reports =
        run(
            spark,
            context -> {
              meet();
              writeDates(context, "('a'), ('b'), ('c')");
            },
            context -> {
              meet();
              assertThat(context.lake().spark()).isNotSameAs(spark);
            });

    assertThat(reports).extracting(StageReport::stage).containsExactly("dates", "households");
    assertThat(reports).extracting(StageReport::rowsWritten).containsExactly(3L, 0L);
  }

  @Test
  @EnabledIf("hasTwoCores")
  void whatFailsIsTakenBackAndWhatRanBesideItStays(SparkSession spark) {
    assertThatThrownBy(
            () ->
                run(
                    spark,
                    context -> {
                      meet();
                      writeDates(context, "('a')");
                    },
                    context -> {
                      meet();
                      throw new IllegalStateException("the disk is full");
                    }))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("Stage households of the night 2026-01-31 failed: the disk is full");

    Lake lake = new Lake(spark, folder.toString());
    assertThat(lake.rows(DATES)).hasSize(1);
    assertThat(lake.rows(RunStages.TABLE, RunStages.STAGE, RunStages.STATUS))
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrder("dates succeeded", "households failed");
  }

  @Test
  void lookingAtWhatAnotherMayBeWritingIsRefused(SparkSession spark) {
    assertThatThrownBy(() -> run(spark, context -> {}, context -> context.lake().read(DATES)))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("it looked at touchpoint_dates");
  }

  private List<StageReport> run(SparkSession spark, Stage.Job dates, Stage.Job households) {
    return new NightRunner(spark, config, Progress.SILENT)
        .run(
            "test",
            NIGHT,
            false,
            List.of(stage("dates", DATES, dates), stage("households", HOUSEHOLDS, households)));
  }

  private static Stage stage(String name, Table output, Stage.Job job) {
    return new Stage(name, List.of(), List.of(), List.of(output), config -> "rules", job);
  }

  private static void writeDates(StageContext context, String ids) {
    context
        .lake()
        .overwrite(
            DATES,
            context
                .lake()
                .spark()
                .sql(
                    "SELECT id AS touchpoint_id, DATE'2026-01-01' AS event_date FROM VALUES "
                        + ids
                        + " AS t (id)"));
  }

  /** Waits for the other stage: if they did not run at the same time, that takes too long. */
  private void meet() {
    bothRun.countDown();
    try {
      assertThat(bothRun.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
