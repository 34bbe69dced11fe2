package io.itinera.jobs.stage;

import static io.itinera.testing.TableText.assertRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.Sessions;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.stage.FollowLanding.Outcome;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class FollowLandingTest {

  private static final LocalDate AS_OF = LocalDate.of(2026, 2, 1);

  @TempDir private Path folder;

  @Test
  void batchesLoadWhatArrivesAndANightGoesOnFromThem(SparkSession spark) throws IOException {
    ItineraConfig config = config();
    FollowLanding following = new FollowLanding(spark, config, Progress.SILENT);

    deliver("1.csv", "1,2026-01-01 10:00:00,a@x.org", "2,2026-01-01 10:05:00,a@x.org");
    assertThat(following.loadNews(AS_OF)).isEqualTo(Outcome.LOADED);
    assertThat(following.loadNews(AS_OF)).isEqualTo(Outcome.NOTHING_NEW);
    deliver("2.csv", "3,2026-01-02 10:00:00,a@x.org", "2,2026-01-01 10:05:00,a@x.org");
    assertThat(following.loadNews(AS_OF)).isEqualTo(Outcome.LOADED);
    deliver("3.csv", "4,2026-01-03 10:00:00,b@x.org");
    new NightRunner(spark, config, Progress.SILENT)
        .run("nightly", AS_OF, false, Stages.ALL.subList(0, 3));
    assertThat(following.loadNews(AS_OF)).isEqualTo(Outcome.NOTHING_NEW);

    Lake lake = new Lake(spark, config.warehouse());
    assertRows(
        lake.read(LoadedFiles.TABLE).selectExpr("right(path, 5) AS file", "records_accepted"),
        """
        file  | records_accepted
        1.csv | 2
        2.csv | 1
        3.csv | 1
        """);
    assertRows(
        View.OWNED_TOUCHPOINTS
            .read(lake)
            .selectExpr("record_id", "session_id IS NOT NULL AS stitched"),
        """
        record_id | stitched
        1         | true
        2         | true
        3         | true
        4         | true
        """);
    assertThat(lake.read(Sessions.TABLE).count()).isEqualTo(3);
  }

  @Test
  void recordDeliveredAgainUnchangedKeepsItsCustomerAndSession(SparkSession spark)
      throws IOException {
    ItineraConfig config = config();
    NightRunner runner = new NightRunner(spark, config, Progress.SILENT);
    deliver(
        "dump-2026-01-10.csv", "1,2026-01-01 10:00:00,a@x.org", "2,2026-01-01 11:00:00,a@x.org");
    runner.run("nightly", AS_OF, false, Stages.ALL.subList(0, 3));
    Lake lake = new Lake(spark, config.warehouse());
    List<Row> before = owned(lake);

    deliver(
        "dump-2026-01-11.csv", "1,2026-01-01 10:00:00,a@x.org", "2,2026-01-01 11:00:00,a@x.org");
    runner.run("nightly", AS_OF, false, Stages.ALL.subList(0, 3));

    lake.begin("test");
    assertThat(owned(lake)).isEqualTo(before).noneMatch(Row::anyNull);
  }

  private static List<Row> owned(Lake lake) {
    return View.OWNED_TOUCHPOINTS
        .read(lake)
        .select("record_id", "customer_id", "session_id")
        .orderBy("record_id")
        .collectAsList();
  }

  private ItineraConfig config() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.conf"),
            """
            itinera.landing = "%1$s/landing"
            itinera.warehouse = "%1$s/warehouse"
            itinera.time-zone = UTC
            itinera.sources.web {
              format = csv, options { header = true }, path = ${itinera.landing}"/*.csv"
              touchpoint {
                record-id = "id", occurred-at = "at", type = "'page_view'", channel = "'web'"
                identifiers { email = "mail" }
              }
            }
            """
                .formatted(folder));
    return ConfigReader.read(List.of(file), Map.of(), Map.of());
  }

  private void deliver(String name, String... lines) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "id,at,mail\n" + String.join("\n", lines));
  }
}
