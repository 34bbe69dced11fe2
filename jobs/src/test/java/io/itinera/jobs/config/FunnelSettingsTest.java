package io.itinera.jobs.config;

import static io.itinera.jobs.config.ConfigText.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunnelSettingsTest {

  @TempDir Path folder;

  private List<String> problemsOf(String step) {
    return problems(
        folder,
        """
        itinera.funnels.definitions.helped {
          window = 14 days
          steps = [
            %s
            { name = bought, any = ["type = 'purchase'"] }
          ]
        }
        """
            .formatted(step));
  }

  @Test
  void stepIsTakenByPredicatesOrPatternsOrBoth() {
    assertThat(problemsOf("{ name = called, patterns = [\"call -> .{0,3} -> chat\"] }")).isEmpty();
    assertThat(problemsOf("{ name = called, any = [\"type = 'x'\"], patterns = [call] }"))
        .isEmpty();
  }

  @Test
  void stepThatNobodyCanTakeAndPatternThatCannotBeReadAreTold() {
    assertThat(problemsOf("{ name = called }"))
        .singleElement()
        .asString()
        .contains("step called needs any = [a predicate, …] or patterns = [a pattern, …]");
    assertThat(problemsOf("{ name = called, patterns = [\"call -> (\"] }"))
        .singleElement()
        .asString()
        .startsWith(
            "my.conf:4: itinera.funnels.definitions.helped.steps[0].patterns[0] = call -> (: cannot"
                + " be read: ");
  }
}
