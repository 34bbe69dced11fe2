package io.itinera.jobs.nights;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.table.Profiles;
import io.itinera.core.table.QualityChecks;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.StageReport;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LackingColumnsTest {

  private static final String CONFIGURATION =
      """
      itinera.sources.members {
        format = csv, options { header = true }, max-rejected-share = %s
        path = ${itinera.landing}"/members/*.csv"
        profile { record-id = "id", identifiers { email = "coalesce(Email, `E-Mail`)" } }
      }
      itinera.sources.app {
        format = jsonl, path = ${itinera.landing}"/app/*.jsonl", max-rejected-share = %s
        touchpoint {
          record-id = "id", occurred-at = "at", type = "'view'", channel = "'app'"
          identifiers { user_id = "user.id" }
        }
      }
      """;

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void fileWithoutColumnsThatItsSourceNeedsIsOneWarning(SparkSession spark) throws IOException {
    deliver("members/right.csv", "ID,EMAIL,town\n1,a@x.org,Bonn\n");
    deliver("members/german.csv", "id,Emailadresse\n2,b@x.org\n3,c@x.org\n");
    deliver("members/bare.csv", "4,d@x.org\n5,e@x.org\n");
    deliver("members/empty.csv", "Emailadresse\n");
    deliver(
        "app/right.jsonl",
        "{\"id\":1,\"at\":\"2026-01-31\",\"user\":{\"id\":\"u\"}}\n{\"id\":2}\n");
    deliver("app/other.jsonl", "{\"id\":3,\"when\":\"2026-01-31\"}\n{\"id\":4,\"user\":null}\n");

    night(spark, "1");

    assertRows(
        new Lake(spark, folder + "/warehouse")
            .read(QualityChecks.TABLE)
            .withColumn("check", regexp_replace(col("check"), "file:[^ ]*/", "")),
        """
        check                              | passed | observed         | expected                                                                       | severity
        columns of bare.csv, source members   | false | 4, (not shown)   | id (needed for record-id); one of Email, E-Mail (needed for identifiers) | warning
        columns of german.csv, source members | false | id, Emailadresse | one of Email, E-Mail (needed for identifiers)                            | warning
        columns of other.jsonl, source app    | false | id, when, user   | at (needed for occurred-at)                                              | warning
        """);
    assertThat(notes)
        .containsExactly(
            "Warning: other.jsonl of source app lacks columns that its source needs: at (needed for"
                + " occurred-at). It has: id, when, user.",
            "Warning: bare.csv of source members lacks columns that its source needs: id (needed"
                + " for record-id); one of Email, E-Mail (needed for identifiers). It has: 4, (not"
                + " shown).",
            "Warning: german.csv of source members lacks columns that its source needs: one of"
                + " Email, E-Mail (needed for identifiers). It has: id, Emailadresse.");
  }

  @Test
  void columnThatBearsTheNameOfAValueIsAWarningAndIsKept(SparkSession spark) throws IOException {
    deliver("members/right.csv", "id,EMAIL,Its_Town,town\n1,a@x.org,Kiel,Bonn\n");

    night(spark, "1", "itinera.sources.members { let.its_town = town, profile.city = its_town }");

    assertThat(notes)
        .containsExactly(
            "Warning: right.csv of source members has columns that no expression sees, because let"
                + " gives their names to values: Its_Town.");
    assertRows(
        new Lake(spark, folder + "/warehouse").read(Profiles.TABLE).select("city", "attributes"),
        """
        city | attributes
        Bonn | {Its_Town -> Kiel}
        """);
  }

  @Test
  void nightThatFailsForItSaysSo(SparkSession spark) throws IOException {
    deliver("members/german.csv", "id,Emailadresse\n2,b@x.org\n3,c@x.org\n");

    assertThatThrownBy(() -> night(spark, "0.5"))
        .hasStackTraceContaining(
            "german.csv of source members lacks columns that its source needs: one of Email,"
                + " E-Mail")
        .hasStackTraceContaining("It has: id, Emailadresse.");
  }

  private void night(SparkSession spark, String share) throws IOException {
    night(spark, share, "");
  }

  private void night(SparkSession spark, String share, String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.conf"), CONFIGURATION.formatted(share, share) + more + "\n");
    ItineraConfig config =
        ConfigReader.read(
            List.of(file),
            Map.of(
                "itinera.landing", folder + "/landing",
                "itinera.warehouse", folder + "/warehouse"),
            Map.of());
    new NightRunner(spark, config, new Notes())
        .run("ingest", LocalDate.of(2026, 2, 1), false, Stages.ALL.subList(0, 1));
  }

  private final class Notes implements Progress {
    @Override
    public void stageStarted(String stage) {}

    @Override
    public void stageFinished(StageReport report) {}

    @Override
    public void note(String text) {
      notes.add(text);
    }
  }

  private void deliver(String name, String text) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
