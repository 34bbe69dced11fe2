package io.itinera.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick compiler alone is for what is little, as a whole, and on this machine. */
class QuickCompilerTest {

  private static final long LITTLE = 1000;

  @TempDir Path home;

  @Test
  void suitsAFirstNightWhoseFoldersAreNotThereYet() {
    assertThat(suits(home + "/warehouse", home + "/landing/web/*.json.gz")).isTrue();
  }

  @Test
  void addsUpRawFilesAndTablesToTheBorder() throws IOException {
    file("warehouse/touchpoints/part.parquet", 600);
    file("landing/web/2026-01-31/1.json", 400);

    assertThat(suits(home + "/warehouse", home + "/landing/web/*/*.json")).isTrue();

    file("landing/web/2026-01-31/2.json", 1);

    assertThat(suits(home + "/warehouse", home + "/landing/web/*/*.json")).isFalse();
  }

  @Test
  void takesPackedFilesForWhatTheyBecome() throws IOException {
    file("landing/web/1.json.gz", 125);

    assertThat(suits(home + "/landing/web/*.gz")).isTrue();

    file("landing/web/2.json.gz", 1);

    assertThat(suits(home + "/landing/web/*.gz")).isFalse();
  }

  @Test
  void countsAFileOnceThatSeveralSourcesMayRead() throws IOException {
    file("landing/web/1.json", 600);

    assertThat(suits(home + "/landing/web/*.json", home + "/landing/**", home + "/landing/web/"))
        .isTrue();
  }

  @Test
  void looksAtAFileThatIsNamedInFullAndAtFilesOfThisMachineByTheirAddress() throws IOException {
    file("export.csv", 1001);

    assertThat(suits(home + "/export.csv")).isFalse();
    assertThat(suits("file://" + home + "/export.csv")).isFalse();
    assertThat(suits("file:" + home + "/{export,other}.csv")).isFalse();
  }

  @Test
  void doesNotSuitWhatLiesElsewhere() {
    assertThat(suits("s3a://bucket/warehouse")).isFalse();
  }

  private static boolean suits(String... globs) {
    return QuickCompiler.suits(List.of(globs), LITTLE);
  }

  private void file(String name, int bytes) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
