package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.split;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ManifestsTest {

  private static final String CONFIGURATION =
      """
      itinera.sources.feed {
        format = tsv, header-file = "names.tsv", manifest = "*.txt"
        path = ${itinera.landing}"/*.tsv"
        touchpoint {
          record-id = "id", occurred-at = "at", type = "'hit'", channel = "'web'"
          identifiers { email = "mail" }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void filesWaitForTheirManifestWhoseCountIsComparedAndFailsNoNight(SparkSession spark)
      throws IOException {
    deliver("names.tsv", "id\tat\tmail\n");
    deliver("1.tsv", "1\t2026-01-01\ta@x.org\n2\t2026-01-01\ta@x.org\n");
    deliver("2.tsv", "3\t2026-01-01\ta@x.org\n");
    deliver("3.tsv", "4\t2026-01-01\ta@x.org\n");
    deliver(
        "day.txt",
        """
        Datafeed-Manifest-Version: 1.0
        Lookup-Files: 0
        Data-Files: 2
        Total-Records: 4

        Data-File: 1.tsv
        Record-Count: 3

        Data-File: 2.tsv
        Record-Count: 1
        """);

    night(spark);

    Lake lake = new Lake(spark, folder + "/warehouse");
    assertRows(
        lake.read(LoadedFiles.TABLE).withColumn("file", element_at(split(col("path"), "/"), -1)),
        """
        file  | records_read | records_accepted
        1.tsv | 2            | 2
        2.tsv | 1            | 1
        """);
    assertRows(
        lake.read(QualityChecks.TABLE)
            .withColumn("check", regexp_replace(col("check"), "file:[^ ]*/", "")),
        """
        table_name   | check                                        | passed | observed | expected | severity
        loaded_files | records of 1.tsv, source feed, as day.txt says | false  | 2        | 3        | warning
        """);
  }

  private void night(SparkSession spark) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), CONFIGURATION);
    ItineraConfig config =
        ConfigReader.read(
            List.of(file),
            Map.of(
                "itinera.landing", folder + "/landing",
                "itinera.warehouse", folder + "/warehouse"),
            Map.of());
    new NightRunner(spark, config, Progress.SILENT)
        .run("ingest", LocalDate.of(2026, 2, 1), false, Stages.ALL.subList(0, 1));
  }

  private void deliver(String name, String text) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
