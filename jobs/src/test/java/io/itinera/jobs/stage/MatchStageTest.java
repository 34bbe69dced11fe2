package io.itinera.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a night compares profiles. */
class MatchStageTest {

  private static final ItineraConfig MATCHING =
      ConfigReader.read(List.of(), Map.of("itinera.identity.matching", "persons"), Map.of());

  @Test
  void everyStageNeedsStagesOfTheSameNight() {
    List<Stage> before = new ArrayList<>();
    for (Stage stage : Stages.of(MATCHING)) {
      assertThat(before).as(stage.name()).containsAll(stage.needs());
      before.add(stage);
    }
    assertThat(before).extracting(Stage::name).containsSubsequence("match", "stitch", "sessionize");
    assertThat(before).hasSize(Stages.ALL.size() + 1);
  }
}
