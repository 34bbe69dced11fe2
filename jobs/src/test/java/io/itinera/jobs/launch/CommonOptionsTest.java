package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommonOptionsTest {

  @TempDir private Path home;

  @Test
  void sampleCompanyLivesInItsFolderFromTheStart() {
    CommonOptions options = new CommonOptions();
    options.liveIn(home);

    assertThat(options.read().warehouse()).isEqualTo(home.resolve("warehouse").toString());
  }

  @Test
  void settingOfTheCommandLineIsStrongerThanTheSampleCompanysFolder() {
    CommonOptions options = new CommonOptions();
    new CommandLine(options).parseArgs("--set", "itinera.warehouse=/elsewhere");
    options.liveIn(home);

    assertThat(options.read().warehouse()).isEqualTo("/elsewhere");
  }
}
