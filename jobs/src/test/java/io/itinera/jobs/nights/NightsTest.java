package io.itinera.jobs.nights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.sample.SampleRules;
import io.itinera.core.table.CustomerDays;
import io.itinera.core.table.CustomerStages;
import io.itinera.core.table.CustomerTotals;
import io.itinera.core.table.Customers;
import io.itinera.core.table.Identities;
import io.itinera.core.table.IdentityEdges;
import io.itinera.core.table.Journeys;
import io.itinera.core.table.Profiles;
import io.itinera.core.table.RfmScores;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Sessions;
import io.itinera.core.table.SetOwners;
import io.itinera.core.table.Table;
import io.itinera.core.table.Tables;
import io.itinera.core.table.TouchpointKpis;
import io.itinera.core.table.TouchpointSessions;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.StageFailedException;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The promises about nights, on small sample companies. */
@ExtendWith(SparkExtension.class)
class NightsTest {

  /** How many random orders there are; more by {@code -Dnights.seeds}. */
  private static final int SEEDS = Integer.getInteger("nights.seeds", 1);

  private static final List<Table> DERIVED =
      List.of(
          Touchpoints.TABLE,
          Profiles.TABLE,
          IdentityEdges.TABLE,
          Identities.TABLE,
          Sessions.TABLE,
          TouchpointSessions.TABLE,
          SetOwners.TABLE,
          Journeys.TABLE,
          CustomerDays.TABLE,
          CustomerTotals.TABLE,
          CustomerStages.TABLE,
          Customers.TABLE,
          TouchpointKpis.TABLE);

  /** What has tests of its own night after night. */
  private static final Set<String> FURTHER =
      Set.of("personas", "paths", "attribution", "funnels", "journey-map");

  /** Personas and paths depend on the nights before; the promise is about what does not. */
  private static final List<Stage> UP_TO_RFM =
      Stages.ALL.stream().filter(s -> !FURTHER.contains(s.name())).toList();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyOrderOfArrivalGivesTheTablesOfOneLoad(long seed, SparkSession spark, @TempDir Path folder)
      throws IOException {
    int nights = seed % 2 == 0 ? 2 : 3;
    Company company = Company.make(spark, SampleRules.of(40, 21, seed), folder.resolve("company"));
    LocalDate last = company.rules().lastDay();
    Path once = folder.resolve("once");
    for (Path file : company.files()) {
      company.deliver(file, once);
    }
    run(spark, company.config(once), last, UP_TO_RFM);

    Path nightly = folder.resolve("nightly");
    List<Path> shuffled = new ArrayList<>(company.files());
    Collections.shuffle(shuffled, new Random(seed));
    for (int night = 1; night <= nights; night++) {
      int from = (night - 1) * shuffled.size() / nights;
      for (Path file : shuffled.subList(from, night * shuffled.size() / nights)) {
        company.deliver(file, nightly);
      }
      run(spark, company.config(nightly), last.minusDays(4L * (nights - night)), UP_TO_RFM);
    }

    assertSame(spark, company.config(once), company.config(nightly), last);
  }

  @Test
  void brokenNightIsFinishedBySameCommandAndFinishedNightChangesNothing(
      SparkSession spark, @TempDir Path folder) throws IOException {
    Company company = Company.make(spark, SampleRules.of(30, 21, 3), folder.resolve("company"));
    LocalDate last = company.rules().lastDay();
    Path whole = folder.resolve("whole");
    Path broken = folder.resolve("broken");
    for (Path file : company.files()) {
      company.deliver(file, whole);
      company.deliver(file, broken);
    }
    ItineraConfig config = company.config(broken);
    night(spark, company.config(whole), last);

    // Each needs the one before, so none has come to its end beside another that died.
    for (String dies : List.of("ingest", "customers", "personas")) {
      List<Stage> stages = dyingAfterItWrote(Stages.ALL, dies, dies.equals("ingest"));
      NightRunner runner = new NightRunner(spark, config, Progress.SILENT);
      assertThatThrownBy(() -> runner.run("nightly", last, false, stages))
          .isInstanceOfAny(StageFailedException.class, Killed.class);
    }
    night(spark, config, last);

    assertSame(spark, company.config(whole), config, last);
    Lake lake = new Lake(spark, config.warehouse());
    List<Table> tables =
        Tables.ALL.stream()
            .filter(table -> !table.equals(Runs.TABLE) && !table.equals(RunStages.TABLE))
            .toList();
    Map<String, Long> versions = WarehouseContent.versions(lake, tables);
    night(spark, config, last);
    assertThat(WarehouseContent.versions(lake, tables)).isEqualTo(versions);
    assertThat(lake.read(Runs.TABLE).where("status = 'running'").count()).isZero();
  }

  private static void assertSame(
      SparkSession spark, ItineraConfig expected, ItineraConfig actual, LocalDate last) {
    Lake one = new Lake(spark, expected.warehouse());
    Lake other = new Lake(spark, actual.warehouse());
    for (Table table : DERIVED) {
      assertThat(WarehouseContent.rows(other, table))
          .as(table.name())
          .isNotEmpty()
          .isEqualTo(WarehouseContent.rows(one, table));
    }
    assertThat(scored(other, last)).isNotEmpty().isEqualTo(scored(one, last));
  }

  private static List<Map<String, Object>> scored(Lake lake, LocalDate last) {
    List<Map<String, Object>> rows = WarehouseContent.rows(lake, RfmScores.TABLE);
    rows.removeIf(row -> !row.get(RfmScores.AS_OF).equals(last));
    rows.forEach(row -> row.remove(RfmScores.PREVIOUS_SEGMENT));
    return rows;
  }

  private static void night(SparkSession spark, ItineraConfig config, LocalDate asOf) {
    run(spark, config, asOf, Stages.ALL);
  }

  private static void run(
      SparkSession spark, ItineraConfig config, LocalDate asOf, List<Stage> stages) {
    new NightRunner(spark, config, Progress.SILENT).run("nightly", asOf, false, stages);
  }

  /** The stages, one of which dies after its last write: by an exception, or with its process. */
  private static List<Stage> dyingAfterItWrote(List<Stage> stages, String dies, boolean killed) {
    List<Stage> all = new ArrayList<>(stages);
    int place = all.stream().map(Stage::name).toList().indexOf(dies);
    Stage stage = all.get(place);
    all.set(
        place,
        new Stage(
            stage.name(),
            stage.needs(),
            stage.inputs(),
            stage.outputs(),
            stage.rules(),
            context -> {
              stage.job().run(context);
              if (killed) {
                throw new Killed();
              }
              throw new IllegalStateException("the disk is full");
            }));
    return all;
  }

  /** Stands for the end of the process: the runner does not come to note anything. */
  private static final class Killed extends VirtualMachineError {
    private static final long serialVersionUID = 1L;
  }
}
