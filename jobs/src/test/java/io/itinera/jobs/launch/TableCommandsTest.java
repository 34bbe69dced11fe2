package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Personas;
import io.itinera.core.table.RunStages;
import io.itinera.core.table.Runs;
import io.itinera.core.table.Transitions;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import io.itinera.testing.TableText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that look at tables, on a warehouse of three runs and nothing else. */
@ExtendWith(SparkExtension.class)
class TableCommandsTest {

  @TempDir static Path folder;

  @BeforeAll
  static void fill(SparkSession spark) {
    Lake lake = new Lake(spark, folder + "/tables");
    lake.create(Runs.TABLE);
    lake.create(RunStages.TABLE);
    lake.create(Personas.TABLE);
    Dataset<Row> runs =
        TableText.rows(
            spark,
            Runs.TABLE,
            """
            run_id | command | as_of      | status
            r1     | nightly | 2024-01-01 | failed
            r2     | nightly | 2024-01-01 | succeeded
            r3     | rfm     | 2024-01-02 | running
            """);
    for (StructField column : Runs.TABLE.schema().fields()) {
      if (!List.of(runs.columns()).contains(column.name())) {
        runs = runs.withColumn(column.name(), functions.lit(null).cast(column.dataType()));
      }
    }
    lake.append(Runs.TABLE, runs);
    lake.create(Transitions.TABLE);
    for (String night : List.of("2026-01-30", "2026-01-31")) {
      lake.append(
          Transitions.TABLE,
          spark
              .range(3)
              .selectExpr(
                  Stream.of(Transitions.TABLE.schema().fields())
                      .map(field -> value(field, night))
                      .toArray(String[]::new)));
    }
  }

  private static String value(StructField field, String night) {
    String value =
        switch (field.dataType().typeName()) {
          case "date" -> "DATE'" + night + "'";
          case "string" -> "'x' || id";
          default -> "id";
        };
    return "CAST(%s AS %s) AS %s".formatted(value, field.dataType().sql(), field.name());
  }

  @Test
  void tableOfAllNightsHasViewOfTheLastAlone() {
    String query =
        "SELECT count(*), max(as_of), (SELECT count(*) FROM itinera.transitions_latest), (SELECT"
            + " count(*) FROM transitions) FROM transitions_latest";

    assertThat(run("sql", query, "--format", "csv").out().lines().skip(1))
        .containsExactly("3,2026-01-31,3,6");
    assertThat(run("tables").out()).containsPattern("\ntransitions_latest +view ");
    assertThat(run("tables", "transitions_latest").out()).startsWith("transitions: ");
  }

  @Test
  void pastOfTableIsAskedFor() {
    assertThat(
            run("sql", "SELECT count(*) AS n FROM transitions VERSION AS OF 1", "--format", "csv")
                .out())
        .isEqualToIgnoringNewLines("n3");
    assertThat(run("sql", "SHOW TABLES").out()).contains("transitions_latest");
    for (String told :
        List.of(
            "DESCRIBE HISTORY transitions",
            "DESCRIBE DETAIL transitions",
            "DESCRIBE transitions",
            "DESCRIBE transitions as_of",
            "SHOW COLUMNS IN transitions",
            "SHOW TBLPROPERTIES transitions")) {
      assertThat(run("sql", told)).as(told).extracting(TypedLine::code).isEqualTo(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql SELECT_*_FROM_runs",
        "sql SELECT_*_FROM_rfm_scores_latest",
        "sql SHOW_TABLES",
        "tables",
        "tables runs",
        "runs",
        "rejected"
      })
  void mistypedWarehouseIsNamed(String command) {
    String[] words = command.split(" ");
    String[] all = Arrays.copyOf(words, words.length + 2);
    for (int i = 0; i < words.length; i++) {
      all[i] = words[i].replace('_', ' ').replace("rfm scores latest", "rfm_scores_latest");
    }
    all[words.length] = "--set";
    all[words.length + 1] = "itinera.warehouse=" + folder + "/mistyped";

    TypedLine typed = TypedLine.run(all);

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).startsWith("There is no warehouse at " + folder + "/mistyped");
    assertThat(folder.resolve("mistyped")).doesNotExist();
  }

  @Test
  void dictionaryCountsRows() {
    TypedLine typed = run("tables");

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .containsPattern("\nruns +3  run_id +One row per command that ran\\.")
        .containsPattern("\npersonas +0  as_of, persona_id ")
        .containsPattern("\nsessions +-  session_id ");
  }

  @Test
  void dictionaryExplainsATable() {
    assertThat(run("tables", "runs").out())
        .startsWith("runs: One row per command that ran.")
        .containsPattern("\nas_of +date +yes +night it worked on");
  }

  @Test
  void tablesAnswerToBothNames() {
    String query =
        "SELECT count(*) AS n FROM runs JOIN itinera.runs AS other ON runs.run_id = other.run_id";

    assertThat(run("sql", query, "--format", "csv"))
        .isEqualTo(
            new TypedLine(0, "n" + System.lineSeparator() + "3" + System.lineSeparator(), ""));
  }

  @Test
  void tableThatIsNotThereIsAMistake() {
    TypedLine typed = run("sql", "SELECT * FROM sessions");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).startsWith("SQL, line 1, column 15: ").contains("sessions");
  }

  @Test
  void ledgerShowsTheLastRunsFirst() {
    TypedLine typed = run("runs", "--limit", "2");

    assertThat(typed.code()).isZero();
    assertThat(typed.out()).containsSubsequence("r3", "r2").doesNotContain("r1");
  }

  @Test
  void unknownRunIsMisuse() {
    assertThat(run("runs", "r9").code()).isEqualTo(2);
  }

  private static TypedLine run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--set";
    all[arguments.length + 1] = "itinera.warehouse=" + folder + "/tables";
    return TypedLine.run(all);
  }
}
