package io.itinera.jobs.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.source.FileRules.Format;
import io.itinera.jobs.files.ListFiles;
import io.itinera.jobs.files.RawFile;
import io.itinera.testing.SourceBuilder;
import io.itinera.testing.SparkExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RawFilesTest {

  /** MD5 of the two bytes {@code 1} and line feed. */
  private static final String MD5 = "b026324c6904b2a9cb4b88d6d61c81d1";

  @TempDir private Path landing;

  @Test
  void globsNameFilesAndWhatIsBelowFolders(SparkSession spark) throws IOException {
    write("a/x.csv", "b/2026/01/y.csv", "b/z.txt", "c.csv");
    write("a/_x.csv", "a/.x.csv", "b/_temporary/t.csv", "b/2026/.y.csv");

    assertThat(list(spark, files("*")))
        .containsExactly("a/x.csv", "b/2026/01/y.csv", "b/z.txt", "c.csv");
    assertThat(list(spark, files("*.csv"))).containsExactly("c.csv");
    assertThat(list(spark, files("*/*.csv"))).containsExactly("a/x.csv");
    assertThat(list(spark, files("{a/*,b/2026/*/*,a/x*}")))
        .containsExactly("a/x.csv", "b/2026/01/y.csv");
    assertThat(list(spark, files("b"))).containsExactly("b/2026/01/y.csv", "b/z.txt");
    assertThat(list(spark, files("a/x.csv"))).containsExactly("a/x.csv");
    assertThat(list(spark, files("nosuch/*/x.csv"))).isEmpty();
  }

  @Test
  void linkBackToAFolderInWhichItLiesIsNotFollowed(SparkSession spark) throws IOException {
    write("a/x.csv", "a/b/y.csv", "c/z.csv");
    Files.createSymbolicLink(landing.resolve("a/b/back"), landing.resolve("a"));
    Files.createSymbolicLink(landing.resolve("a/other"), landing.resolve("c"));

    assertThat(list(spark, files("a"))).containsExactly("a/b/y.csv", "a/other/z.csv", "a/x.csv");
  }

  @Test
  void storesThatListWithoutFoldersAreAskedOnce() throws IOException {
    write("b/2026/01/y.csv", "b/z.txt", "b/_temporary/t.csv", "b/2026/.y.csv");
    FileSystem store =
        new LocalFileSystem() {
          @Override
          public String getScheme() {
            return "store";
          }
        };
    store.initialize(URI.create("file:///"), new Configuration());
    List<String> names = new ArrayList<>();

    new ListFiles(store, beside -> false, file -> names.add(file.getPath().getName()))
        .list(landing + "/*", false);

    assertThat(names).containsExactlyInAnyOrder("y.csv", "z.txt");
  }

  @Test
  void dataWaitsForItsHeaderAndLookupFiles(SparkSession spark) throws IOException {
    write("1/hits.tsv", "1/names.tsv", "1/browser.tsv", "2/hits.tsv", "2/names.tsv", "3/hits.tsv");

    for (String path : List.of("*/*.tsv", "*/hits.tsv", "*")) {
      SourceBuilder source = files(path).headerFile("names*").lookup("name", "code", "browser.tsv");
      assertThat(list(spark, source)).as(path).containsExactly("1/hits.tsv");
    }
    write("browser.tsv");
    assertThat(list(spark, files("*/hits.tsv").headerFile("names.tsv").lookup("n", "c", "../b*")))
        .containsExactly("1/hits.tsv", "2/hits.tsv");
  }

  @Test
  void dataWaitsUntilAManifestNamesIt(SparkSession spark) throws IOException {
    write("1.tsv", "2.tsv", "lookup.tsv", "2.tsv.rejected-R.tsv");
    writeText(
        "day.txt",
        """
        Datafeed-Manifest-Version: 1.0
        \tLookup-Files: 1
        \tData-Files: 1

        \tLookup-File: lookup.tsv
        \tMD5-Digest: af6de42d8b945d4ec1cf28360085308

        \tData-File: 1.tsv
        """);
    SourceBuilder source = files("*").manifest("*.txt");

    assertThat(list(spark, source)).containsExactly("1.tsv", "2.tsv.rejected-R.tsv");
    writeText("late.txt", "Datafeed-Manifest-Version: 1.0\n\nData-File: 2.\n tsv\n");
    assertThat(list(spark, source)).containsExactly("1.tsv", "2.tsv", "2.tsv.rejected-R.tsv");
  }

  @Test
  void oldManifestsAreNotReadForWhatIsKnown(SparkSession spark) throws IOException {
    write("1.tsv", "2.tsv");
    String start = "Datafeed-Manifest-Version: 1.0\nData-File: ";
    writeText("old.txt", start + "1.tsv\nFile-Size: many\n");
    Files.setLastModifiedTime(landing.resolve("old.txt"), FileTime.from(Instant.EPOCH));
    writeText("new.txt", start + "2.tsv\n");
    SourceBuilder source = files("*.tsv").manifest("*.txt");

    assertThat(RawFiles.list(spark, source.build(), file -> file.path().endsWith("2.tsv")))
        .extracting(RawFile::name)
        .containsExactly("2.tsv");
    assertThatThrownBy(() -> list(spark, source))
        .hasMessageContaining("Cannot read the manifest")
        .hasRootCauseMessage("For input string: \"many\"");
  }

  @Test
  void filesThatAreNotWhatTheirManifestSaysAreOneUnreadableRecord(SparkSession spark)
      throws IOException {
    writeText("good.txt", "1\n");
    writeText("long.txt", "1\n2\n");
    writeText("other.txt", "2\n");
    writeText(
        "feed.manifest",
        "Datafeed-Manifest-Version: 1.0\n"
            + block("good.txt", MD5.toUpperCase(java.util.Locale.ROOT))
            + block("long.txt", MD5)
            + block("other.txt", MD5));
    var source = files("*.txt").format(Format.TEXT).manifest("*.manifest").build();

    List<Row> rows =
        RawFiles.read(spark, source, RawFiles.list(spark, source))
            .select("_record", "_problem", "_problem_detail")
            .orderBy("_path")
            .collectAsList();

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).getString(0)).isEqualTo("1");
    assertThat(rows.get(1).getString(2))
        .contains("long.txt", "size is 4 bytes", "feed.manifest says 2");
    assertThat(rows.get(2).getString(2))
        .contains("other.txt", "MD5 digest is 26ab0db90d72e28ad0ba1e22ee510510", "says " + MD5);
    assertThat(rows)
        .extracting(row -> row.getString(1))
        .endsWith("unreadable-file", "unreadable-file");
  }

  @Test
  void thousandsOfSmallFilesAreReadInFewTasks(SparkSession spark) throws IOException {
    for (int i = 0; i < 1000; i++) {
      writeText("many/" + i + ".txt", i + "\n");
    }
    var source = files("many").format(Format.TEXT).build();

    var rows = RawFiles.read(spark, source, RawFiles.list(spark, source));

    assertThat(rows.javaRDD().getNumPartitions())
        .isLessThanOrEqualTo(spark.sparkContext().defaultParallelism());
    assertThat(rows.count()).isEqualTo(1000);
  }

  private static String block(String file, String md5) {
    return "\nData-File: %s\nMD5-Digest: %s\nFile-Size: 2\nRecord-Count: 1\n".formatted(file, md5);
  }

  /** The files that are read now, below the landing folder. */
  private List<String> list(SparkSession spark, SourceBuilder source) {
    String start = "file:" + landing + "/";
    return RawFiles.list(spark, source.build()).stream()
        .map(file -> file.path().substring(start.length()))
        .toList();
  }

  private SourceBuilder files(String glob) {
    return new SourceBuilder("s")
        .path(landing + "/" + glob)
        .touchpoint("value", Map.of("type", "value"), Map.of());
  }

  private void write(String... names) throws IOException {
    for (String name : names) {
      writeText(name, "");
    }
  }

  private void writeText(String name, String text) throws IOException {
    Path file = landing.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
