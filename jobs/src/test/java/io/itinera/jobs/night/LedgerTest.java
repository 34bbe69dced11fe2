package io.itinera.jobs.night;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.RunStatus;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Ledger.Saw;
import io.itinera.jobs.night.Ledger.StageRow;
import io.itinera.testing.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LedgerTest {

  @Test
  void whatTheLastStageSawCountsThoughTheClockWasSetBackSince(
      SparkSession spark, @TempDir Path folder) {
    Lake lake = new Lake(spark, folder.toString());
    lake.create(RunStages.TABLE);
    Ledger first = new Ledger(lake);
    first.add(stage("first", 1));
    lake.begin("test");
    lake.overwrite(
        RunStages.TABLE,
        lake.read(RunStages.TABLE)
            .withColumn(RunStages.ENDED_AT, expr("timestamp '2099-01-01 00:00:00'")));

    Ledger second = new Ledger(lake);
    assertThat(second.seen().get("ingest").versions()).isEqualTo(Map.of("evidence", 1L));
    second.add(stage("second", 2));

    assertThat(new Ledger(lake).seen().get("ingest").versions()).isEqualTo(Map.of("evidence", 2L));
  }

  private static StageRow stage(String runId, long version) {
    return new StageRow(
        new Night(runId, LocalDate.of(2026, 1, 31), false),
        new StageReport("ingest", RunStatus.SUCCEEDED, 0, Map.of(), 0, 0, 0, 0, 0),
        Instant.now(),
        "rules",
        new Saw(Map.of("evidence", version), Map.of(), "basis"),
        null);
  }
}
