package io.itinera.jobs.nights;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.ingest.IngestJob;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.Night;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.stage.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Nights of the same sources or others, most of which only load.
 *
 * @param lake the tables, empty at first
 * @param home folder of the landing folder, the tables and the configuration
 */
record IngestNights(Lake lake, Path home) {

  private static final LocalDate AS_OF = LocalDate.of(2026, 4, 1);

  static IngestNights in(SparkSession spark, Path home) throws IOException {
    Lake lake = EmptyWarehouse.in(spark, home.resolve("warehouse"));
    IngestNights nights = new IngestNights(lake, home);
    Files.createDirectories(nights.landing());
    return nights;
  }

  Path landing() {
    return home.resolve("landing");
  }

  /** The configuration with the sources of {@code samples}. */
  ItineraConfig config(List<PresetSample> samples) throws IOException {
    String settings =
        """
        itinera.landing = "%s"
        itinera.warehouse = "%s/warehouse"
        itinera.time-zone = "Europe/Berlin"
        """
            .formatted(landing(), home);
    String sources =
        samples.stream().map(sample -> sample.source(landing())).collect(Collectors.joining());
    Path file = Files.writeString(home.resolve("my.conf"), settings + sources);
    return ConfigReader.read(List.of(file), Map.of(), Map.of());
  }

  /** Loads what is new in the landing folder for the sources of {@code samples}. */
  void load(String runId, List<PresetSample> samples) throws IOException {
    lake.begin(runId);
    IngestJob.run(new StageContext(lake, config(samples), new Night(runId, AS_OF, false)));
    lake.begin("test");
  }

  /** A whole night with the sources of {@code samples}: loads what is new, and all that follows. */
  void through(List<PresetSample> samples) throws IOException {
    new NightRunner(lake.spark(), config(samples), Progress.SILENT)
        .run("nightly", AS_OF, false, Stages.ALL);
  }
}
