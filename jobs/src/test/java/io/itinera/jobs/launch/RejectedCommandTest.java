package io.itinera.jobs.launch;

import static io.itinera.testing.TableText.assertRows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.split;
import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.table.LoadedFiles;
import io.itinera.core.table.Touchpoints;
import io.itinera.jobs.lake.Lake;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RejectedCommandTest {

  private static final String CONFIGURATION =
      """
      itinera.max-rejected-share = 1
      itinera.sources.till {
        format = csv, options { header = true }, skip-rows { id = "[A-Z][a-z]+" }
        path = ${itinera.landing}"/till/*/*"
        touchpoint {
          record-id = "id", occurred-at = "at", type = "'visit'", channel = "'store'"
          identifiers { email = "mail" }
        }
      }
      itinera.sources.web {
        format = jsonl, path = ${itinera.landing}"/web/*.jsonl", where = "kind <> 'ping'"
        touchpoint {
          record-id = "id", occurred-at = "at", type = "kind", channel = "'web'"
          identifiers { email = "mail" }
        }
      }
      itinera.sources.log {
        format = text, regex = "(?<at>\\\\S+) (?<mail>\\\\S+) (?<kind>\\\\S+)"
        path = ${itinera.landing}"/log/*"
        touchpoint {
          occurred-at = "at", type = "kind", channel = "'app'", identifiers { email = "mail" }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void repairedRecordsAreLoadedAndNothingElseChanges(SparkSession spark) throws IOException {
    deliverBrokenRecords();
    assertThat(run("ingest").code()).isZero();
    Lake lake = new Lake(spark, folder + "/warehouse");
    List<Row> accounts = lake.read(LoadedFiles.TABLE).collectAsList();
    List<Row> touchpoints = lake.read(Touchpoints.TABLE).collectAsList();

    for (String source : List.of("till", "web", "log")) {
      TypedLine typed = run("rejected", "--source", source, "--export", folder + "/out");
      assertThat(typed.code()).as(typed.err()).isZero();
      assertThat(typed.out()).doesNotContain("@x.org");
    }
    assertThat(exported())
        .containsExactlyInAnyOrder(
            "eu/day.csv.rejected-RUN.csv: id,at,mail|Receipt,When,Who|3,someday,c@x.org|2,soon,",
            "a.jsonl.rejected-RUN.jsonl: {\"id\":2,\"at\":\"2026-01-02\",\"kind\":\"view\"|"
                + "{\"id\":3,\"at\":\"soon\",\"kind\":\"view\",\"mail\":\"b@x.org\"}",
            "app.log.rejected-RUN.log: never b@x.org view|one word");
    repairAndDeliver(List.of("eu/day.csv", "a.jsonl", "app.log"), List.of("till", "web", "log"));
    assertThat(run("ingest").code()).isZero();

    lake.begin("after");
    assertRows(
        lake.read(LoadedFiles.TABLE)
            .withColumn("file", element_at(split(col("path"), "/"), -1))
            .where("file LIKE '%rejected%'")
            .withColumn("file", regexp_replace(col("file"), "-.*[.]", "-RUN.")),
        """
        file                       | records_read | records_accepted | records_rejected
        day.csv.rejected-RUN.csv   | 2            | 2                | 0
        a.jsonl.rejected-RUN.jsonl | 2            | 2                | 0
        app.log.rejected-RUN.log   | 2            | 2                | 0
        """);
    Dataset<Row> after = lake.read(LoadedFiles.TABLE);
    assertThat(after.collectAsList()).containsAll(accounts).hasSize(accounts.size() + 3);
    assertThat(lake.read(Touchpoints.TABLE).collectAsList())
        .containsAll(touchpoints)
        .hasSize(touchpoints.size() + 6);
  }

  @Test
  void recordsAreCountedButNeverShown(SparkSession spark) throws IOException {
    deliverBrokenRecords();
    run("ingest");

    TypedLine typed = run("rejected");

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .containsPattern("till +bad-time +2\n")
        .containsPattern("web +filtered +1\n")
        .contains("The newest:")
        .doesNotContain("@x.org", "someday", "one word");
    assertThat(run("rejected", "--source", "web", "--reason", "bad-time").out())
        .containsPattern("web +bad-time +1\n")
        .doesNotContain("till", "filtered");
  }

  @Test
  void missingColumnsAreNamedWhereRecordsWereRejectedForThem(SparkSession spark)
      throws IOException {
    deliver("till/eu/tag.csv", "id,wann,mail\n1,2026-01-01,a@x.org\n2,2026-01-01,b@x.org\n");
    deliver("log/app.log", "never b@x.org view\n");
    run("ingest");

    assertThat(run("rejected").out())
        .containsPattern("till +missing-time +2\n")
        .contains(
            "tag.csv of source till, 2 records rejected: lacks at (needed for occurred-at). It has:"
                + " id, wann, mail.",
            "itinera nightly --reload SOURCE");
    assertThat(run("rejected", "--source", "log").out())
        .containsPattern("log +bad-time +1\n")
        .doesNotContain("lack");
  }

  @Test
  void exportTellsWhatItCannotDo(SparkSession spark) throws IOException {
    deliverBrokenRecords();
    run("ingest");
    String out = folder + "/out";

    assertThat(run("rejected", "--export", out).err()).contains("--export needs --source");
    assertThat(run("rejected", "--source", "shop", "--export", out).err())
        .contains("no source shop", "log, till, web");
    assertThat(run("rejected", "--source", "web", "--export", folder + "/landing/web").err())
        .contains("landing folder");
    run("rejected", "--source", "web", "--export", out);
    TypedLine again = run("rejected", "--source", "web", "--export", out);
    assertThat(again.code()).isEqualTo(Failures.FAILED);
    assertThat(again.err()).contains("is there already and was left as it is");

    Files.delete(folder.resolve("landing/till/eu/day.csv.gz"));
    TypedLine gone = run("rejected", "--source", "till", "--export", out);
    assertThat(gone.code()).isEqualTo(Failures.FAILED);
    assertThat(gone.err()).contains("day.csv.gz is gone", "Put it back").doesNotContain("@");
  }

  private void deliverBrokenRecords() throws IOException {
    Path till = Files.createDirectories(folder.resolve("landing/till/eu")).resolve("day.csv.gz");
    try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(till))) {
      packed.write(
          """
          id,at,mail
          Receipt,When,Who
          1,2026-01-01,a@x.org
          3,someday,c@x.org
          2,soon,
          """
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    deliver(
        "web/a.jsonl",
        """
        {"id":1,"at":"2026-01-01","kind":"view","mail":"a@x.org"}
        {"id":2,"at":"2026-01-02","kind":"view"
        {"id":3,"at":"soon","kind":"view","mail":"b@x.org"}
        {"id":4,"at":"soon","kind":"ping","mail":"b@x.org"}
        """);
    deliver(
        "log/app.log",
        """
        2026-01-01 a@x.org view
        never b@x.org view
        one word
        """);
  }

  private void deliver(String name, String text) throws IOException {
    Path file = folder.resolve("landing").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Each exported file with its lines, the run's id replaced. */
  private List<String> exported() throws IOException {
    List<String> files = new ArrayList<>();
    for (Path file : exportedFiles()) {
      String name = folder.resolve("out").relativize(file).toString();
      files.add(
          name.replaceAll("-.*[.]", "-RUN.") + ": " + String.join("|", Files.readAllLines(file)));
    }
    return files;
  }

  private List<Path> exportedFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("out"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void repairAndDeliver(List<String> starts, List<String> sources) throws IOException {
    for (Path file : exportedFiles()) {
      String name = folder.resolve("out").relativize(file).toString();
      int place = 0;
      while (!name.startsWith(starts.get(place))) {
        place++;
      }
      String repaired =
          Files.readString(file)
              .replace("someday", "2026-01-03")
              .replace("soon,", "2026-01-02,b@x.org")
              .replace("\"view\"\n", "\"view\",\"mail\":\"b@x.org\"}\n")
              .replace("\"soon\"", "\"2026-01-02\"")
              .replace("never", "2026-01-02")
              .replace("one word", "2026-01-02 c@x.org word");
      deliver(sources.get(place) + "/" + name, repaired);
    }
  }

  private TypedLine run(String... arguments) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), CONFIGURATION);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", file.toString(), "--as-of", "2026-02-01"));
    all.addAll(List.of("--set", "itinera.landing=" + folder + "/landing"));
    all.addAll(List.of("--set", "itinera.warehouse=" + folder + "/warehouse"));
    return TypedLine.run(all.toArray(String[]::new));
  }
}
