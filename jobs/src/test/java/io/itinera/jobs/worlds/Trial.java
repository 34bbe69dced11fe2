package io.itinera.jobs.worlds;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.LargeNights;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.StageReport;
import io.itinera.jobs.stage.Stages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Loads worlds side by side over many nights, which are interpreted in one task as little is, and
 * again in one night, which is compiled and done in many as much is, and compares. Their people
 * have no identifier in common, so they only meet where a table is about all people; and there both
 * ways must give the same, too.
 */
final class Trial {

  private static final Logger LOG = Logger.getLogger(Trial.class.getName());
  private static final Path SETTINGS = Path.of("src/test/resources/worlds/worlds.conf");
  private static final String OFTEN = "often";
  private static final String ONCE = "once";

  private final SparkSession little;
  private final SparkSession much;
  private final Path home;
  private final Landing landing;
  private final Steward steward = new Steward();

  Trial(SparkSession spark, Path home) throws IOException {
    this.little = spark;
    this.much = LargeNights.session(spark);
    this.home = home;
    this.landing = new Landing(home.resolve("landing"));
  }

  /**
   * What is not the same.
   *
   * @param between stages of all nights but the last, which has all
   */
  Findings run(List<World> worlds, Calendar calendar, List<Stage> between) throws IOException {
    QuickSession quick = new QuickSession(little);
    try {
      int nights = calendar.nights().size();
      for (int number = 1; number <= nights; number++) {
        for (World world : worlds) {
          landing.take(world.night(number));
          world.decide(steward, number);
        }
        steward.write(new Lake(little, config(OFTEN).warehouse()));
        night(OFTEN, calendar.nights().get(number - 1), number < nights ? between : Stages.ALL);
      }
      landing.restore();
      steward.write(new Lake(much, config(ONCE).warehouse()));
      night(ONCE, calendar.last(), Stages.ALL);
      return compared(calendar.last());
    } finally {
      quick.end();
    }
  }

  private Findings compared(LocalDate asOf) {
    Lake once = new Lake(little, config(ONCE).warehouse());
    Lake often = new Lake(little, config(OFTEN).warehouse());
    Laws.requireThatAllHold(once, asOf, "at once");
    Laws.requireThatAllHold(often, asOf, "night by night");
    List<Difference> differences =
        Difference.between(
            Content.of(once, config(ONCE).tables(), asOf),
            Content.of(often, config(OFTEN).tables(), asOf));
    Map<String, Long> customers = new HashMap<>();
    if (!differences.isEmpty()) {
      customers.putAll(Content.customers(once));
      customers.putAll(Content.customers(often));
    }
    return new Findings(differences, customers);
  }

  private void night(String warehouse, LocalDate asOf, List<Stage> stages) {
    List<StageReport> reports =
        new NightRunner(warehouse.equals(ONCE) ? much : little, config(warehouse), Progress.SILENT)
            .run("nightly", asOf, false, configured(warehouse, stages));
    LOG.fine(
        () ->
            reports.stream()
                .map(report -> "%s %.1f s".formatted(report.stage(), report.seconds()))
                .collect(Collectors.joining(", ", warehouse + " " + asOf + ": ", "")));
  }

  /** With those that there are only because they are configured. */
  private List<Stage> configured(String warehouse, List<Stage> stages) {
    return Stages.of(config(warehouse)).stream()
        .filter(stage -> stages.contains(stage) || !Stages.ALL.contains(stage))
        .toList();
  }

  private ItineraConfig config(String warehouse) {
    return ConfigReader.read(
        List.of(SETTINGS),
        Map.of(
            "itinera.landing", landing.folder().toString(),
            "itinera.warehouse", home.resolve(warehouse).toString()),
        Map.of());
  }
}
