package io.itinera.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.jobs.config.ConfigReader;
import io.itinera.jobs.config.ItineraConfig;
import io.itinera.jobs.night.Fingerprint;
import io.itinera.jobs.night.Stage;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** By which of its identifiers a profile is known depends on them. */
  @Test
  void comparesAnewWhereTypesOrOfficesAreOthers() {
    String before = match(Map.of());

    assertThat(match(Map.of())).isEqualTo(before);
    assertThat(match(Map.of("itinera.identity.types.phone.priority", "1"))).isNotEqualTo(before);
    assertThat(match(Map.of("itinera.identity.role-mailboxes", "[hallo]"))).isNotEqualTo(before);
    assertThat(match(Map.of("itinera.identity.max-fan-out", "7"))).isEqualTo(before);
  }

  private static String match(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("itinera.identity.matching", "persons");
    ItineraConfig config = ConfigReader.read(List.of(), all, Map.of());
    return Stages.of(config).stream()
        .filter(stage -> stage.name().equals("match"))
        .map(stage -> Fingerprint.of(stage.rules().apply(config)))
        .findFirst()
        .orElseThrow();
  }
}
