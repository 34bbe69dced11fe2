package io.itinera.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.source.SourceRules;
import io.itinera.core.table.LoadedFiles;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.files.RawFile;
import io.itinera.jobs.ingest.Arrivals.Delivered;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Reload;
import io.itinera.testing.SparkExtension;
import io.itinera.testing.TableText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which files a night reads. */
@ExtendWith(SparkExtension.class)
class ArrivalsTest {

  @TempDir private Path folder;

  @Test
  void filesThatAreNotAsTheyWereLoadedArrive(SparkSession spark) throws IOException {
    for (String name : List.of("same", "longer", "later", "new", "sooner")) {
      deliver("till/" + name + ".csv", "2026-01-01T10:00:00.500Z");
    }
    deliver("web/same.csv", "2026-01-01T10:00:00.500Z");
    Lake lake = new Lake(spark, folder + "/warehouse");
    lake.create(LoadedFiles.TABLE);
    lake.append(
        LoadedFiles.TABLE,
        TableText.wholeRows(
            spark,
            LoadedFiles.TABLE,
            """
            source | path                | size_bytes | modified_at
            till   | $/till/same.csv     | 3          | 2026-01-01T10:00:00.500Z
            till   | $/till/longer.csv   | 2          | 2026-01-01T10:00:00.500Z
            till   | $/till/later.csv    | 3          | 2026-01-01T10:00:00.499Z
            till   | $/till/sooner.csv   | 3          | 2026-01-02T10:00:00.500Z
            till   | $/till/archived.csv | 3          | 2026-01-01T10:00:00.500Z
            gone   | $/web/same.csv      | 3          | 2026-01-01T10:00:00.500Z
            """
                .replace("$", "file:" + folder + "/landing")));

    Arrivals arrivals = Arrivals.find(lake, config(), Reload.NONE);

    assertThat(names(arrivals))
        .containsExactlyInAnyOrder(
            "till longer.csv", "till later.csv", "till new.csv", "till sooner.csv", "web same.csv");
    assertThat(arrivals.rewritten())
        .extracting(Delivered::path)
        .allMatch(path -> path.matches(".*/till/(longer|later|sooner)[.]csv"))
        .hasSize(3);
    assertThat(arrivals.reloaded()).isEmpty();

    Arrivals again =
        Arrivals.find(lake, config(), (source, file) -> file.name().equals("same.csv"));

    assertThat(names(again)).contains("till same.csv", "web same.csv").hasSize(6);
    assertThat(again.reloaded())
        .containsExactly(new Delivered("till", "file:" + folder + "/landing/till/same.csv"));
    assertThat(again.rewritten()).hasSize(4);
  }

  @Test
  void allFilesArriveWhereNothingWasLoaded(SparkSession spark) throws IOException {
    deliver("till/a.csv", "2026-01-01T10:00:00Z");
    Files.createDirectories(folder.resolve("landing/web"));
    Lake lake = new Lake(spark, folder + "/warehouse");
    lake.create(LoadedFiles.TABLE);

    Arrivals arrivals = Arrivals.find(lake, config(), Reload.NONE);

    assertThat(names(arrivals)).containsExactly("till a.csv");
    assertThat(arrivals.rewritten()).isEmpty();
  }

  private static List<String> names(Arrivals arrivals) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<SourceRules, List<RawFile>> each : arrivals.files().entrySet()) {
      each.getValue().forEach(file -> names.add(each.getKey().name() + " " + file.name()));
    }
    return names;
  }

  private void deliver(String name, String written) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "id\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(written)));
  }

  private ItineraConfig config() throws IOException {
    String source =
        """
        itinera.sources.%s {
          format = csv, options { header = true }, path = ${itinera.landing}"/%1$s/*"
          profile { record-id = "id", identifiers { user_id = "id" } }
        }
        """;
    Path file =
        Files.writeString(
            folder.resolve("my.conf"), source.formatted("till") + source.formatted("web"));
    return ConfigReader.read(
        List.of(file), Map.of("itinera.landing", folder + "/landing"), Map.of());
  }
}
