package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportSettingsTest {

  @TempDir Path folder;

  @Test
  void reportsStandInKnownLanguagesAndShowGroupsOfSomebody() {
    assertThat(
            problems(
                folder,
                """
                itinera.report {
                  languages = [en, de]
                  smallest-group = 0
                  days = 30
                }
                """))
        .containsExactlyInAnyOrder(
            "my.conf:2: itinera.report.languages[1] = de: must be one of en, ru, ar",
            "my.conf:3: itinera.report.smallest-group = 0: must be a whole number from 1 to"
                + " 2147483647",
            "my.conf:4: itinera.report.days = 30: needs a unit, such as 30 minutes or 30 days");
    assertThat(problems(folder, "itinera.report.languages = []"))
        .singleElement()
        .asString()
        .contains("languages must name at least one of en, ru, ar");
  }
}
