package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.night.WorkMode;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A night reads the days that it needs. */
@ExtendWith(SparkExtension.class)
class PrunedNightsTest {

  @TempDir private Path home;

  @Test
  void nightReadsNoDayThatNothingNewReaches(SparkSession spark) throws IOException {
    LocalDate first = LocalDate.of(2025, 1, 1);
    // Little is read whole, since that costs less than to find out what of it is needed.
    SparkSession much = spark.newSession();
    much.conf().set(WorkMode.FREE, "");
    SmallWorld world = SmallWorld.in(much, home);
    world.deliver(
        "web/1.csv",
        Stream.iterate(0, day -> day < 5, day -> day + 1)
            .map(
                day ->
                    "a%d,u%d,,%s 10:00:00,web,page_view,,"
                        .formatted(day, day % 2, first.plusDays(day)))
            .toArray(String[]::new));
    world.night("2025-01-05");
    // Whoever opens one of these files from now on fails. The day before is looked at where clocks
    // may have been put back over midnight.
    for (Table table : List.of(Touchpoints.TABLE, TouchpointSessions.TABLE)) {
      assertThat(emptied(Path.of(world.lake().path(table)))).isEqualTo(4);
    }

    world.deliver("web/2.csv", "b,u0,,2025-01-06 10:00:00,web,page_view,,");
    world.night("2025-01-06");

    assertThat(
            world
                .lake()
                .read(RunStages.TABLE)
                .where("status = 'succeeded' AND rows_read > 0")
                .selectExpr("stage", "bytes_read")
                .collectAsList())
        .hasSizeGreaterThan(8)
        .allSatisfy(stage -> assertThat(stage.getLong(1)).as(stage.getString(0)).isPositive());
    assertThat(world.lake().read(Touchpoints.TABLE).where("event_date = '2025-01-06'").count())
        .isEqualTo(1);
  }

  private static long emptied(Path table) throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      List<Path> rows =
          files
              .filter(file -> file.getFileName().toString().endsWith(".parquet"))
              .filter(file -> !file.toString().contains("_delta_log"))
              .filter(file -> !file.toString().contains("event_date=2025-01-05"))
              .toList();
      for (Path file : rows) {
        Files.write(file, new byte[0]);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
      return rows.size();
    }
  }
}
