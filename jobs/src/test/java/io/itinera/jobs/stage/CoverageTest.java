package io.itinera.jobs.stage;

import static io.itinera.testing.TableText.assertRows;

import io.itinera.core.table.Coverage;
import io.itinera.jobs.ingest.IngestJob;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.nights.SmallWorld;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What became of every record that was delivered. */
@ExtendWith(SparkExtension.class)
class CoverageTest {

  private static final String ADDS = "itinera.sources.web.rewritten = adds";

  @TempDir private Path home;

  @Test
  void recordsOfFullDumpUnderNewNameAreDuplicatesAndNoNews(SparkSession spark) throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    Lake lake = world.lake();
    String noon = "e1,ann,,2026-01-05 12:00:00,web,page_view,,";
    String refused = "e3,,,2026-01-05 12:00:00,web,page_view,,";
    world.deliver("web/monday.csv", noon, "e2,bob,,2026-01-06 09:00:00,web,page_view,,", refused);
    world.deliver("crm/monday.csv", "p1,ann,ann@x.org,2026-01-01", "p2,bob,,2026-01-01");
    night(world, lake, "2026-01-10");
    world.deliver(
        "web/tuesday.csv", noon, "e2,bob,,2026-01-07 09:00:00,web,page_view,,", refused, "bad");
    world.deliver("crm/tuesday.csv", "p1,ann,ann@x.org,2026-01-01", "p3,eve,,2026-01-01");
    night(world, lake, "2026-01-11");

    assertRows(
        lake.read(Coverage.TABLE),
        """
        source | channel | event_date | records_read | records_accepted | records_duplicate | records_rejected
        web    | web     | 2026-01-05 | 4            | 1                | 1                 | 2
        web    | web     | 2026-01-06 | 1            | 0                | 1                 | 0
        web    | web     | 2026-01-07 | 1            | 1                | 0                 | 0
        web    | event   |            | 1            | 0                | 0                 | 1
        crm    |         |            | 4            | 3                | 1                 | 0
        """);
  }

  @Test
  void recordsOfRotatedFileCountWithThoseOfItsEarlierWritings(SparkSession spark)
      throws IOException {
    SmallWorld world = SmallWorld.in(spark, home);
    Lake lake = world.lake();
    String first = "e1,ann,,2026-01-05 12:00:00,web,page_view,,";
    String second = "e2,ann,,2026-01-05 13:00:00,web,page_view,,";
    world.deliver("web/access.csv", first, second);
    night(world, lake, "2026-01-10", ADDS);
    world.deliver("web/access.csv", second, "e3,ann,,2026-01-05 14:00:00,web,page_view,,00");
    night(world, lake, "2026-01-11", ADDS);

    assertRows(
        lake.read(Coverage.TABLE),
        """
        source | channel | event_date | records_read | records_accepted | records_duplicate | records_rejected
        web    | web     | 2026-01-05 | 4            | 3                | 1                 | 0
        """);
  }

  /** What coverage is made of without whoever the customers are. */
  private static void night(SmallWorld world, Lake lake, String asOf, String... settings)
      throws IOException {
    StageContext context =
        new StageContext(
            lake, world.config(settings), new Night(asOf, LocalDate.parse(asOf), false));
    lake.begin(asOf);
    IngestJob.run(context);
    CoverageJob.run(context);
    lake.requireUniqueKeys();
  }
}
