package io.itinera.jobs.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.Runs;
import io.itinera.core.table.Sessions;
import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.lake.Lake;
import io.itinera.jobs.lake.View;
import io.itinera.jobs.screen.SqlFormat.Limits;
import io.itinera.testing.SparkExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A talk with the prompt, line by line. */
@ExtendWith(SparkExtension.class)
class SqlPromptTest {

  @TempDir private Path folder;

  @Test
  void answersOneQueryAfterTheOtherAndGoesOnAfterAMistake(SparkSession spark) throws IOException {
    new Lake(spark, folder.toString()).create(Runs.TABLE);
    Path file = folder.resolve("answer.csv");

    String told =
        talk(
            spark,
            "SELECT count(*)",
            "  AS runs_count FROM runs;",
            "SELECT nothing FROM runs;",
            "DROP TABLE runs;",
            ".csv " + file,
            ".colums runs",
            ".columns runs",
            "SELECT 'a;b' AS x; SELECT 2 AS y;",
            ".json",
            ".quit",
            "SELECT 3 AS never;");

    assertThat(told)
        .contains("runs_count", "SQL, line 1, column 8", "Only questions are answered here")
        .contains("Written to " + file, "There is no .colums. See .help", "config_hash")
        .contains("a;b", "{\"y\":2}")
        .doesNotContain("itinera> SELECT 3");
    assertThat(file).hasContent("runs_count\n0\n");
  }

  private String talk(SparkSession spark, String... lines) throws IOException {
    byte[] typed = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    ItineraConfig config =
        ConfigReader.read(
            List.of(),
            Map.of("itinera.warehouse", folder.toString(), "itinera.database", "prompt_test"),
            Map.of());
    String database = spark.catalog().currentDatabase();
    try (Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .dumb(true)
            .type(Terminal.TYPE_DUMB)
            .streams(new ByteArrayInputStream(typed), shown)
            .build()) {
      Prompts.run(terminal, spark, config, new Limits(100, 0));
    } finally {
      spark.catalog().setCurrentDatabase(database);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tabKnowsTablesAfterFromAndTheColumnsOfThoseNamed() {
    Names names = new Names(List.of(Runs.TABLE, Sessions.TABLE), View.ALL);

    assertThat(names.completions("SELECT 1 FROM run", "SELECT 1 FROM ", "run"))
        .containsExactly("runs");
    assertThat(names.completions("SELECT bou FROM sessions", "SELECT ", "bou"))
        .containsExactly("bounced");
    assertThat(names.completions("SELECT s.bou FROM sessions s", "SELECT s.", "bou"))
        .containsExactly("bounced");
    assertThat(names.completions("SELECT 1 FROM runs wh", "SELECT 1 FROM runs ", "wh"))
        .containsExactly("WHERE", "WHEN");
  }
}
