package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.RunStatus;
import io.itinera.core.table.Runs;
import io.itinera.jobs.lake.JobCount;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A night costs what it has to do. */
@ExtendWith(SparkExtension.class)
class SmallNightsTest {

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
}
