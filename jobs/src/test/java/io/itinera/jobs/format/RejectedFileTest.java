package io.itinera.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.source.FileRules.Format;
import io.itinera.core.source.SourceRules;
import io.itinera.jobs.format.RejectedFile.Origin;
import io.itinera.testing.SourceBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedFileTest {

  @TempDir private Path folder;

  @Test
  void namesAreThoseOfTheFilesUnpacked() {
    assertThat(RejectedFile.name(Format.CSV, "a.csv.gz", "R")).isEqualTo("a.csv.rejected-R.csv");
    assertThat(RejectedFile.name(Format.TEXT, "access.log", "R"))
        .isEqualTo("access.log.rejected-R.log");
    assertThat(RejectedFile.name(Format.W3C, "u_ex.1", "R")).isEqualTo("u_ex.1.rejected-R.log");
    assertThat(RejectedFile.name(Format.TSV, "hits", "R")).isEqualTo("hits.rejected-R.tsv");
    assertThat(RejectedFile.name(Format.PARQUET, "a.snappy.parquet", "R"))
        .isEqualTo("a.snappy.parquet.rejected-R.jsonl");
  }

  @Test
  void documentsAreWrappedAsTheirPathSays() throws IOException {
    assertThat(exported(builder(Format.JSON).records("a.b"), "", "{\"i\":1}", "{\"i\":2"))
        .isEqualTo("{\"a\":{\"b\":[\n{\"i\":1},\n{\"i\":2\n]}}\n");
    assertThat(exported(builder(Format.JSON), "", "{\"i\":1}", "5")).isEqualTo("{\"i\":1}\n5\n");
  }

  @Test
  void xmlGetsARootThatIsNoRecord() throws IOException {
    String start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    assertThat(exported(builder(Format.XML).records("sale"), "", "<sale/>", "<sale>é</sale>"))
        .isEqualTo(start + "<rejected>\n<sale/>\n<sale>é</sale>\n</rejected>\n");
    assertThat(exported(builder(Format.XML).records("rejected"), "", "<rejected/>"))
        .isEqualTo(start + "<rejected_records>\n<rejected/>\n</rejected_records>\n");
  }

  @Test
  void logsGetTheFieldsLineThatHeldForEachRecord() throws IOException {
    String log = "#Fields: a\n1\n2\n#Fields: a b\n3 x\n4 y\n5 z\n";
    SourceRules source = builder(Format.W3C).build();
    Origin origin = original("a.log", log);

    try (RejectedFile file = create(source, origin)) {
      file.add(2, "2");
      file.add(4, "4");
      file.add(5, "5");
      file.finish();
      assertThat(Files.readString(file.target())).isEqualTo("#Fields: a\n2\n#Fields: a b\n4\n5\n");
    }
  }

  @Test
  void headerFileComesBesideItsRecords() throws IOException {
    SourceBuilder builder = builder(Format.TSV).option("header", "false").headerFile("names.tsv");
    Files.writeString(folder.resolve("names.tsv"), "id\tname\n");

    assertThat(exported(builder, "1\tAda\n2\n", "2")).isEqualTo("2\n");
    assertThat(folder.resolve("out/names.tsv")).hasContent("id\tname\n");
  }

  @Test
  void otherEncodingsBecomeMarkedUnicode() throws IOException {
    SourceBuilder builder = builder(Format.TEXT).option("encoding", "ISO-8859-1");

    assertThat(exported(builder, "", "Jürgen €")).isEqualTo("\ufeffJürgen €\n");
  }

  @Test
  void fileThatChangedSinceIsRefused() throws IOException {
    Origin loaded = original("a.csv", "id\n1\n");
    Files.writeString(folder.resolve("a.csv"), "name,id\nx,1\n");

    assertThatThrownBy(() -> create(builder(Format.CSV).build(), loaded))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("a.csv has changed since run R read it");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private String exported(SourceBuilder builder, String text, String... records)
      throws IOException {
    Files.deleteIfExists(folder.resolve("out/a.txt.rejected-R.txt"));
    try (RejectedFile file = create(builder.build(), original("a.txt", text))) {
      for (String record : records) {
        file.add(1, record);
      }
      file.finish();
      return Files.readString(file.target());
    }
  }

  private RejectedFile create(SourceRules source, Origin origin) throws IOException {
    return RejectedFile.create(new Configuration(), source, origin, folder.resolve("out"));
  }

  private Origin original(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    return new Origin(file.toUri().toString(), Files.size(file), modified, "R");
  }

  private static SourceBuilder builder(Format format) {
    return new SourceBuilder("s")
        .format(format)
        .path("unused")
        .touchpoint("id", Map.of("type", "'x'"), Map.of());
  }
}
