package io.itinera.jobs.config;

import io.itinera.core.persistence.DimensionRules;
import io.itinera.core.persistence.DimensionRules.Allocation;
import io.itinera.core.persistence.DimensionRules.Expiration;
import io.itinera.core.table.Touchpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads which dimensions go on counting after the touchpoint that set them. */
final class DimensionReader {

  private static final SettingKind<String> OF_TOUCHPOINT =
      SqlInSettings.over(Optional.of(List.of(Touchpoints.TABLE.schema().fieldNames())));
  private static final Duration USUAL = Duration.ofDays(30);

  private DimensionReader() {}

  static List<DimensionRules> read(Settings persistence) {
    List<DimensionRules> dimensions = new ArrayList<>();
    persistence
        .named()
        .forEach(
            (name, dimension) -> dimensions.add(dimension.build(() -> dimension(name, dimension))));
    dimensions.removeIf(Objects::isNull);
    return List.copyOf(dimensions);
  }

  private static DimensionRules dimension(String name, Settings dimension) {
    return new DimensionRules(
        name,
        dimension.get("value", OF_TOUCHPOINT),
        dimension.get("allocation", SettingKind.choice(Allocation.class)),
        dimension.get("expiration", SettingKind.choice(Expiration.class)),
        dimension.find("time", SettingKind.DURATION).orElse(USUAL),
        dimension.has("metric-types")
            ? Set.copyOf(dimension.list("metric-types", SettingKind.NAME))
            : Set.of());
  }
}
