package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.sample.SampleRules;
import io.itinera.core.table.CustomerPersonas;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.JobCount;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.WorkMode;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A night costs what it has to do, and its tables do not depend on how it is done. */
@ExtendWith(SparkExtension.class)
class SmallNightsTest {

  /** What large nights are done with. */
  private static final Map<String, String> MUCH =
      Map.of(
          WorkMode.FREE,
          "",
          "spark.sql.adaptive.enabled",
          "true",
          "spark.sql.codegen.wholeStage",
          "true",
          "spark.sql.codegen.factoryMode",
          "FALLBACK",
          "spark.sql.shuffle.partitions",
          "3",
          "spark.sql.files.minPartitionNum",
          "2",
          "spark.sql.leafNodeDefaultParallelism",
          "2");

  private static final Set<Table> NOT_COMPARED = Set.of(Runs.TABLE, RunStages.TABLE);

  @Test
  void tablesAreTheSameCompiledInManyTasksAndInterpretedInOne(
      SparkSession spark, @TempDir Path folder) throws IOException {
    Company company = Company.make(spark, SampleRules.of(30, 21, 3), folder.resolve("company"));
    ItineraConfig much = nights(session(spark, MUCH), company, folder.resolve("much"));
    ItineraConfig little =
        nights(session(spark, WorkMode.LITTLE), company, folder.resolve("little"));

    Lake one = new Lake(spark, much.warehouse());
    Lake other = new Lake(spark, little.warehouse());
    for (Table table : Tables.ALL) {
      if (!NOT_COMPARED.contains(table)) {
        assertThat(WarehouseContent.rows(other, table))
            .as(table.name())
            .isEqualTo(WarehouseContent.rows(one, table));
      }
    }
    assertThat(other.read(CustomerPersonas.TABLE).isEmpty()).isFalse();
  }

  @Test
  void nightWithNothingToDoStartsNoJob(SparkSession spark, @TempDir Path folder)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, folder);
    world.deliver("web/1.csv", "a,ann,c1,2026-01-30 10:00:00,web,visit,,");
    world.night("2026-01-31");

    try (JobCount jobs = new JobCount(spark)) {
      assertThat(world.night("2026-01-31"))
          .filteredOn(stage -> !stage.stage().equals("ingest"))
          .allMatch(stage -> stage.status() == RunStatus.SKIPPED);
      assertThat(jobs.count()).isZero();
    }
    Lake lake = new Lake(spark, folder.resolve("warehouse").toString());
    assertThat(lake.read(RunStages.TABLE).where("status = 'skipped'").count()).isEqualTo(5);
    assertThat(lake.read(Runs.TABLE).where("status = 'succeeded'").count()).isEqualTo(2);
  }

  private static ItineraConfig nights(SparkSession spark, Company company, Path place)
      throws IOException {
    LocalDate last = company.rules().lastDay();
    ItineraConfig config = company.config(place);
    for (Path file : company.files()) {
      company.deliver(file, place);
    }
    for (LocalDate asOf : List.of(last.minusDays(3), last)) {
      new NightRunner(spark, config, Progress.SILENT).run("nightly", asOf, false, Stages.ALL);
    }
    return config;
  }

  private static SparkSession session(SparkSession spark, Map<String, String> settings) {
    SparkSession session = spark.newSession();
    settings.forEach((name, value) -> session.conf().set(name, value));
    return session;
  }
}
