package io.itinera.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/tables.md is what the code declares. */
class DictionaryPageTest {

  private static final Path PAGE = Path.of("../docs/tables.md");

  @Test
  void pageIsWhatTheCommandPrints() throws IOException {
    String printed = TypedLine.run("tables", "--markdown").out();

    assertThat(Files.readString(PAGE))
        .as("docs/tables.md; anew by: scripts/itinera tables --markdown > docs/tables.md")
        .isEqualToNormalizingNewlines(printed);
  }

  @Test
  void tableIsToldWithItsKeyItsColumnsAndItsStages() {
    assertThat(TypedLine.run("tables", "--markdown").out())
        .contains(
            """
            - key: `session_id`
            - laid out by: `event_date`
            - written by: `sessionize`
            """)
        .contains("| `session_id` | string, never null |")
        .contains("## `owned_touchpoints`\n\nView: ");
  }
}
