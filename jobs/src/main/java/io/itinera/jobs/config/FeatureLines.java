package io.itinera.jobs.config;

import io.itinera.core.persona.Feature;
import io.itinera.core.persona.FeatureTable;
import io.itinera.core.persona.Transform;
import io.itinera.core.persona.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines of {@code itinera.personas.features}: each an expression over {@code customer_days}, or
 * a block that says what it is over, and what the feature counts in.
 *
 * @param features how each is computed
 * @param units of those whose block says so
 * @param transforms likewise
 * @param ifMissing likewise
 */
record FeatureLines(
    Map<String, Feature> features,
    Map<String, Unit> units,
    Map<String, Transform> transforms,
    Map<String, Double> ifMissing) {

  /** The border of sums of money, which features share. */
  static final SettingKind<Double> NUMBER = SettingKind.decimal(-1e14, 1e14);

  private static final List<String> TABLES =
      Arrays.stream(FeatureTable.values()).map(FeatureTable::text).toList();

  /**
   * Reads them.
   *
   * @param madeBy settings that rows of a table are made by, where they may change while days do
   *     not
   */
  static FeatureLines read(Settings section, Map<FeatureTable, String> madeBy) {
    FeatureLines lines =
        new FeatureLines(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    for (String name : section.names()) {
      if (section.hasSection(name)) {
        section.findSection(name).ifPresent(block -> lines.add(name, block, madeBy));
      } else {
        String sql = section.get(name, sql(FeatureTable.CUSTOMER_DAYS));
        lines.features.put(name, Feature.over(FeatureTable.CUSTOMER_DAYS, sql));
      }
    }
    return lines;
  }

  private void add(String name, Settings block, Map<FeatureTable, String> madeBy) {
    FeatureTable over =
        block
            .find("over", SettingKind.oneOf(TABLES))
            .map(FeatureTable::named)
            .orElse(FeatureTable.CUSTOMER_DAYS);
    String sql = block.get("sql", sql(over));
    features.put(name, new Feature(over, sql, madeBy.getOrDefault(over, "")));
    block.find("unit", SettingKind.choice(Unit.class)).ifPresent(unit -> units.put(name, unit));
    block
        .find("transform", SettingKind.choice(Transform.class))
        .ifPresent(transform -> transforms.put(name, transform));
    block.find("if-missing", NUMBER).ifPresent(number -> ifMissing.put(name, number));
  }

  /** Where no column is nearly called so, all that there are are told. */
  private static SettingKind<String> sql(FeatureTable over) {
    SettingKind<String> sql =
        over.hasDays()
            ? SqlInSettings.aggregateOver(over.columns())
            : SqlInSettings.plainOver(over.text(), over.columns());
    return new SettingKind<>(
        sql.allowed(),
        sql.standIn(),
        value -> {
          try {
            return sql.convert().apply(value);
          } catch (IllegalArgumentException e) {
            String problem = e.getMessage();
            if (!problem.matches("unknown column \\S+")) {
              throw e;
            }
            throw new IllegalArgumentException(
                "%s; %s has %s".formatted(problem, over.text(), String.join(", ", over.columns())),
                e);
          }
        });
  }
}
