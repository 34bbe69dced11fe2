package io.itinera.jobs.config;

import io.itinera.core.match.BlockRule;
import io.itinera.core.match.MatchField;
import io.itinera.core.match.MatchField.Kind;
import io.itinera.core.match.MatchRules;
import io.itinera.core.match.MatchRules.GroupRules;
import io.itinera.core.table.Profiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the settings below {@code itinera.identity.matchings}. */
final class MatchReader {

  private MatchReader() {}

  /**
   * The matching that is on, if one is, and all that could be.
   *
   * @param numbers types of identifiers of which a source gives a person one
   */
  static Matchings read(Settings identity, Set<String> numbers) {
    Map<String, Settings> sections = identity.section("matchings").named();
    Map<String, Matching> all = new TreeMap<>();
    sections.forEach(
        (name, settings) -> {
          Matching matching = settings.build(() -> matching(name, settings, numbers));
          if (matching != null) {
            all.put(name, matching);
          }
        });
    Optional<String> name =
        sections.isEmpty()
            ? Optional.empty()
            : identity.find("matching", SettingKind.oneOf(sections.keySet()));
    return new Matchings(name.map(all::get), all);
  }

  private static Matching matching(String name, Settings settings, Set<String> numbers) {
    Map<String, String> values = new LinkedHashMap<>();
    List<MatchField> fields = new ArrayList<>();
    Map<String, Settings> sections = settings.section("fields").named();
    for (Map.Entry<String, Settings> each : sections.entrySet()) {
      Settings field = each.getValue();
      values.put(each.getKey(), field.get("value", SqlInSettings.over(Optional.of(columns()))));
      fields.add(field(each.getKey(), field, sections.keySet()));
    }
    List<String> names = List.copyOf(sections.keySet());
    List<String> blocks = settings.list("blocks", SettingKind.FILLED);
    double pairs = settings.get("pairs-per-profile", SettingKind.decimal(1, 1000));
    Optional<Double> threshold = settings.find("threshold", SettingKind.decimal(0.01, 0.9999));
    double precision = settings.get("precision", SettingKind.decimal(0.5, 0.9999));
    double weight = settings.get("group-weight", SettingKind.decimal(-10, 10));
    List<String> onePerPerson = settings.list("one-per-person", SettingKind.FILLED);
    return new Matching(
        name,
        values,
        new MatchRules(
            fields,
            blocks.stream().map(block -> BlockRule.parse(block, names)).toList(),
            new GroupRules(precision, weight, Set.copyOf(onePerPerson)),
            pairs),
        threshold,
        numbers);
  }

  private static MatchField field(String name, Settings field, Set<String> names) {
    return new MatchField(
        name,
        field.get("compare", SettingKind.choice(Kind.class)),
        field.find("swaps-with", SettingKind.oneOf(names)).orElse(null),
        field.find("changes-with", SettingKind.NAME).orElse(null),
        field.find("shared", SettingKind.FLAG).orElse(false));
  }

  private static Set<String> columns() {
    return new TreeSet<>(List.of(Profiles.TABLE.schema().fieldNames()));
  }
}
