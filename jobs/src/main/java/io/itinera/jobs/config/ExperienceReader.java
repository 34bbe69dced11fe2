package io.itinera.jobs.config;

import io.itinera.core.experience.ExperienceRules;
import io.itinera.core.experience.ExperienceRules.Stage;
import io.itinera.core.table.Touchpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is a stage, a pain and a question on the journey map. */
final class ExperienceReader {

  private static final SettingKind<String> OF_TOUCHPOINT =
      SqlInSettings.over(Optional.of(List.of(Touchpoints.TABLE.schema().fieldNames())));

  private ExperienceReader() {}

  static ExperienceRules read(
      Settings map, Set<String> contactChannels, Set<String> conversionTypes) {
    List<Stage> stages = new ArrayList<>();
    map.sections("stages")
        .forEach(
            stage ->
                stages.add(
                    new Stage(
                        stage.get("label", SettingKind.NAME), stage.get("when", OF_TOUCHPOINT))));
    return new ExperienceRules(
        stages,
        map.section("pains").values(OF_TOUCHPOINT),
        map.get("fails", OF_TOUCHPOINT),
        map.get("question", OF_TOUCHPOINT),
        map.get("sentiment", OF_TOUCHPOINT),
        map.get("window", SettingKind.days(1)),
        map.get("horizon", SettingKind.DURATION),
        contactChannels,
        conversionTypes);
  }
}
