package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.night.NightRunner;
import io.itinera.jobs.night.Progress;
import io.itinera.jobs.night.Stage;
import io.itinera.jobs.night.StageContext;
import io.itinera.jobs.night.StageFailedException;
import io.itinera.jobs.process.LogFile;
import io.itinera.jobs.stage.Stages;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A value that makes a stage fail shows on no screen, in no log and in no table. */
@ExtendWith(SparkExtension.class)
class PrivateErrorsTest {

  private static final String CARD = "4915112345678901";
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 31);

  @TempDir private Path folder;

  @AfterEach
  void logAsBefore() {
    ((LoggerContext) LogManager.getContext(false)).reconfigure();
  }

  @Test
  void valueThatMakesAStageFailIsNowhere(SparkSession spark) throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("my.conf"),
            "itinera { landing = \"%1$s/in\", warehouse = \"%1$s/tables\" }".formatted(folder));
    ItineraConfig config = ConfigReader.read(List.of(conf), Map.of(), Map.of());
    Path log = folder.resolve("itinera.log");
    LogFile.open(log);
    StringWriter screen = new StringWriter();

    for (Stage stage : Stages.ALL) {
      Stage failing =
          new Stage(
              stage.name(),
              List.of(),
              List.of(),
              List.of(),
              stage.rules(),
              context -> readAsNumber(context, stage));
      StageFailedException failed =
          catchThrowableOfType(
              StageFailedException.class,
              () ->
                  new NightRunner(spark, config, Progress.SILENT)
                      .run(stage.name(), AS_OF, false, List.of(failing)));
      int code = show(failed, screen);
      assertThat(code).isEqualTo(1);
    }

    Lake lake = new Lake(spark, config.warehouse());
    assertThat(screen.toString())
        .contains("nightly failed: [CAST_INVALID_INPUT]")
        .doesNotContain(CARD);
    assertThat(Files.readString(log))
        .contains("CAST_INVALID_INPUT", "\tat org.apache.spark", "Lost task")
        .doesNotContain(CARD);
    for (var table : List.of(Runs.TABLE, RunStages.TABLE)) {
      assertThat(lake.read(table).where("error IS NOT NULL").selectExpr("error").collectAsList())
          .hasSize(Stages.ALL.size())
          .allSatisfy(
              row -> assertThat(row.getString(0)).contains("CAST_INVALID").doesNotContain(CARD));
    }
  }

  /** Fails as a stage does on a value that it cannot compute with: in a task, or on the driver. */
  private static void readAsNumber(StageContext context, Stage stage) {
    SparkSession spark = context.lake().spark();
    Dataset<String> cards = spark.createDataset(List.of(CARD + "x"), Encoders.STRING());
    boolean isTask = Stages.ALL.indexOf(stage) % 2 == 0;
    (isTask ? cards.repartition(2) : cards).selectExpr("CAST(value AS INT)").collectAsList();
  }

  private static int show(RuntimeException problem, StringWriter screen) {
    return new CommandLine(new Failing(problem))
        .setErr(new PrintWriter(screen, true))
        .setExecutionExceptionHandler(Failures::ofWork)
        .execute();
  }

  @Command(name = "nightly")
  private record Failing(RuntimeException problem) implements Runnable {

    @Override
    public void run() {
      throw problem;
    }
  }
}
