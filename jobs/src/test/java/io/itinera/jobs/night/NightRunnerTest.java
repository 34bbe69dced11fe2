package io.itinera.jobs.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.itinera.core.table.Identities;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Table;
import io.itinera.core.table.TouchpointDates;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left, and what is said, when a stage dies after it wrote. */
@ExtendWith(SparkExtension.class)
class NightRunnerTest {

  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);
  private static final Table TABLE = TouchpointDates.TABLE;

  @TempDir static Path folder;

  private final ItineraConfig config =
      ConfigReader.read(List.of(), Map.of("itinera.warehouse", folder.toString()), Map.of());
  private final List<String> notes = new ArrayList<>();
  private final Progress progress =
      new Progress() {
        @Override
        public void stageStarted(String stage) {}

        @Override
        public void stageFinished(StageReport report) {}

        @Override
        public void note(String text) {
          notes.add(text);
        }
      };

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("the disk is full"),
        new SparkException("the disk is full"),
        new NoClassDefFoundError("the disk is full"));
  }

  @BeforeEach
  void oneRow(SparkSession spark) {
    Lake lake = new Lake(spark, folder.toString());
    if (!lake.exists(TABLE)) {
      run(spark, context -> {});
    }
    lake.overwrite(TABLE, rows(spark, "before"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void stageThatDiesOfAnythingIsTakenBackAtOnce(Throwable failure, SparkSession spark) {
    Throwable thrown =
        dying(
            spark,
            context -> {
              writeHalf(context, spark);
              throw sneaky(failure);
            });

    assertTakenBack(spark, thrown, "the disk is full");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void stageThatDiesInParallelWorkIsTakenBackAtOnce(Throwable failure, SparkSession spark) {
    Throwable thrown =
        dying(
            spark,
            context ->
                SideBySide.run(
                    List.of(
                        () -> {
                          throw sneaky(failure);
                        },
                        () -> writeHalf(context, spark))));

    assertTakenBack(spark, thrown, "the disk is full");
  }

  @Test
  void unknownColumnIsFailureLikeAnyOther(SparkSession spark) {
    Throwable thrown =
        dying(
            spark,
            context -> {
              writeHalf(context, spark);
              context.lake().read(TABLE).select("no_such_column");
            });

    assertThat(thrown).hasCauseInstanceOf(AnalysisException.class);
    assertTakenBack(spark, thrown, "no_such_column");
  }

  @Test
  void interruptedStageIsTakenBackAndStaysInterrupted(SparkSession spark) {
    Throwable thrown =
        dying(
            spark,
            context -> {
              writeHalf(context, spark);
              throw sneaky(new InterruptedException("stopped"));
            });

    assertThat(Thread.interrupted()).isTrue();
    assertTakenBack(spark, thrown, "stopped");
  }

  @Test
  void stageThatHadWrittenNothingSaysSo(SparkSession spark) {
    Throwable thrown =
        dying(
            spark,
            context -> {
              throw new IllegalStateException("no such file.");
            });

    assertThat(thrown)
        .hasMessage(
            "Stage stitch of the night 2026-01-31 failed: no such file. It had published nothing."
                + " Mend the cause and run the same command again.");
  }

  @Test
  void whatCannotBeTakenBackIsSaidAndTakenBackByTheNextRun(SparkSession spark) throws IOException {
    Path aside = folder.resolveSibling("aside");
    Files.createDirectories(aside);
    Throwable thrown =
        dying(
            spark,
            context -> {
              writeHalf(context, spark);
              // Somebody removes the very files that must come back.
              move(dataFiles(context, "before", spark), aside);
              throw new IllegalStateException("the disk is full");
            });
    Throwable still = dying(spark, context -> {});
    try (Stream<Path> files = Files.list(aside)) {
      move(files.toList(), folder.resolve(TABLE.name()));
    }
    run(spark, context -> {});

    assertThat(thrown).hasMessageContaining("Not everything could be taken back (touchpoint_dates");
    assertThat(last(spark, Runs.TABLE, "error"))
        .anySatisfy(error -> assertThat(error).contains("Not everything could be taken back"));
    assertThat(still).hasMessageContaining("Not everything could be taken back (touchpoint_dates");
    assertThat(notes)
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("An earlier run was broken off. What stitch of run ")
                    .endsWith("had written was taken back (touchpoint_dates)."));
    assertThat(ids(spark)).containsExactly("before");
  }

  @Test
  void endOfTheProcessLeavesItToTheNextRun(SparkSession spark) {
    Throwable thrown =
        dying(
            spark,
            context -> {
              writeHalf(context, spark);
              throw new OutOfMemoryError("Java heap space");
            });
    List<String> half = ids(spark);
    run(spark, context -> {});

    assertThat(thrown).isInstanceOf(OutOfMemoryError.class);
    assertThat(half).containsExactly("half");
    assertThat(ids(spark)).containsExactly("before");
    assertThat(last(spark, Runs.TABLE, "error")).contains("broken off before it ended");
  }

  @Test
  void deletionByHandAfterBrokenNightStays(SparkSession spark) {
    dying(
        spark,
        context -> {
          writeHalf(context, spark);
          throw new IllegalStateException("the disk is full");
        });
    delete(spark, "before");
    run(spark, context -> {});

    assertThat(ids(spark)).isEmpty();
  }

  @Test
  void deletionByHandBetweenKilledNightAndNextIsNotUndoneInSilence(SparkSession spark) {
    dying(
        spark,
        context -> {
          writeHalf(context, spark);
          throw new OutOfMemoryError("Java heap space");
        });
    long half = version(spark);
    delete(spark, "half");

    Throwable refused = dying(spark, context -> {});

    assertThat(refused).hasMessageContaining("somebody's DELETE (version %d)".formatted(half + 1));
    assertThat(ids(spark)).isEmpty();
    spark.sql(
        "RESTORE TABLE delta.`%s` TO VERSION AS OF %d"
            .formatted(folder.resolve(TABLE.name()), half - 1));
    run(spark, context -> {});
    assertThat(ids(spark)).containsExactly("before");
  }

  private void assertTakenBack(SparkSession spark, Throwable thrown, String cause) {
    assertThat(thrown)
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("Stage stitch of the night 2026-01-31 failed: ")
        .hasMessageContaining(cause)
        .hasMessageMatching(
            "(?s).* What stitch of run \\S+ had written was taken back \\(touchpoint_dates\\)\\."
                + " Mend .*");
    assertThat(ids(spark)).containsExactly("before");
    assertThat(last(spark, Runs.TABLE, "status")).containsExactly("failed");
    assertThat(last(spark, Runs.TABLE, "error")).containsExactly(thrown.getMessage());
    assertThat(last(spark, RunStages.TABLE, "error")).containsExactly(thrown.getMessage());
  }

  private static void writeHalf(StageContext context, SparkSession spark) {
    context.lake().overwrite(TABLE, rows(spark, "half"));
  }

  private Throwable dying(SparkSession spark, Stage.Job job) {
    return catchThrowable(() -> run(spark, job));
  }

  private void run(SparkSession spark, Stage.Job job) {
    Stage stage =
        new Stage(
            "stitch", List.of(), List.of(), List.of(TABLE, Identities.TABLE), all -> "none", job);
    new NightRunner(spark, config, progress).run("nightly", NIGHT, false, List.of(stage));
  }

  private static Dataset<Row> rows(SparkSession spark, String id) {
    return spark.sql("SELECT '%s' AS touchpoint_id, DATE'2026-01-01' AS event_date".formatted(id));
  }

  private static void delete(SparkSession spark, String id) {
    spark.sql(
        "DELETE FROM delta.`%s` WHERE touchpoint_id = '%s'"
            .formatted(folder.resolve(TABLE.name()), id));
  }

  private static long version(SparkSession spark) {
    return new Lake(spark, folder.toString()).version(TABLE);
  }

  private static List<String> ids(SparkSession spark) {
    return new Lake(spark, folder.toString())
        .read(TABLE).collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  /** The values of {@code column} in the rows of the latest run. */
  private static List<String> last(SparkSession spark, Table table, String column) {
    Dataset<Row> rows = new Lake(spark, folder.toString()).read(table);
    return rows
        .where(
            "run_id = '%s'"
                .formatted(
                    new Lake(spark, folder.toString())
                        .read(Runs.TABLE)
                        .where("status <> 'succeeded'")
                        .selectExpr("max(run_id)")
                        .first()
                        .getString(0)))
        .select(column)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Path> dataFiles(StageContext context, String id, SparkSession spark) {
    long before = context.lake().version(TABLE) - 1;
    return Stream.of(
            spark
                .read()
                .format("delta")
                .option("versionAsOf", before)
                .load(context.lake().path(TABLE))
                .where("touchpoint_id = '%s'".formatted(id))
                .inputFiles())
        .map(file -> Path.of(java.net.URI.create(file)))
        .toList();
  }

  private static void move(List<Path> files, Path to) {
    try {
      for (Path file : files) {
        Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Throws {@code failure} as Scala does: whatever it is, undeclared. */
  @SuppressWarnings("unchecked") // The cast is erased, which is the point.
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }
}
