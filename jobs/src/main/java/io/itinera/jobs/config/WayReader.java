package io.itinera.jobs.config;

import io.itinera.core.journey.WayRules;
import io.itinera.core.journey.WayRules.WayStage;
import io.itinera.core.table.Touchpoints;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads further definitions of journeys. */
final class WayReader {

  private static final SettingKind<String> OF_TOUCHPOINT =
      SqlInSettings.over(Optional.of(List.of(Touchpoints.TABLE.schema().fieldNames())));

  private WayReader() {}

  static List<WayRules> read(Settings definitions, ZoneId timeZone) {
    List<WayRules> ways = new ArrayList<>();
    definitions
        .named()
        .forEach(
            (name, definition) ->
                ways.add(definition.build(() -> way(name, definition, timeZone))));
    ways.removeIf(Objects::isNull);
    return List.copyOf(ways);
  }

  private static WayRules way(String name, Settings definition, ZoneId timeZone) {
    List<WayStage> stages = new ArrayList<>();
    definition.sections("stages").forEach(stage -> stages.add(stage.build(() -> stage(stage))));
    stages.removeIf(Objects::isNull);
    return new WayRules(name, stages, definition.get("gap", SettingKind.DURATION), timeZone);
  }

  private static WayStage stage(Settings stage) {
    return new WayStage(stage.get("name", SettingKind.NAME), stage.list("any", OF_TOUCHPOINT));
  }
}
