package io.itinera.jobs.config;

import io.itinera.core.spark.NamesInSql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values to which the block {@code let} of a source gives names, for its expressions to use.
 *
 * <p>An expression that uses one is read with the value's expression in the place of the name. That
 * the value is computed once for a record all the same is the mapping's business, which does so
 * with all that several expressions have in common.
 */
final class NamedValues {

  /** Names that are used by names that are used … grow fast. */
  private static final int MOST_CHARACTERS = 100_000;

  private static final String NAME = "[a-z][a-z0-9_]*";
  private static final String NOTHING = "null";

  private final Optional<Set<String>> columns;
  private final Map<String, String> values = new TreeMap<>();

  private NamedValues(Optional<Set<String>> columns) {
    this.columns = columns;
  }

  /**
   * Reads the block {@code let} of {@code source}, if it has one.
   *
   * @param columns names of the columns there are; empty where only the files tell
   */
  static NamedValues read(Settings source, Optional<Set<String>> columns) {
    NamedValues named = new NamedValues(columns);
    source.findSection("let").ifPresent(named::readFrom);
    return named;
  }

  /** The names. */
  Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /** An expression over the columns and the names, in whose place their values then stand. */
  SettingKind<String> sql() {
    SettingKind<String> sql = over(values.keySet());
    return new SettingKind<>(
        sql.allowed(),
        sql.standIn(),
        value -> NamesInSql.replaced(sql.convert().apply(value), values));
  }

  private SettingKind<String> over(Set<String> names) {
    return SqlInSettings.over(
        columns.map(
            known -> {
              Set<String> all = new TreeSet<>(known);
              all.addAll(names);
              return all;
            }));
  }

  private void readFrom(Settings let) {
    Map<String, String> texts = let.values(over(let.names()));
    texts.keySet().forEach(name -> requireFree(let, name));
    texts.keySet().forEach(name -> resolve(name, let, texts, new LinkedHashSet<>()));
  }

  private void requireFree(Settings let, String name) {
    if (!name.matches(NAME) || !NamesInSql.of("`%s`".formatted(name)).equals(namesOf(name))) {
      let.refuse(
          name, "a name must be small letters, digits and _, no word of SQL, such as its_amount");
    } else if (columns.stream().flatMap(Collection::stream).anyMatch(name::equalsIgnoreCase)) {
      let.refuse(name, "hides the column of that name; choose another");
    }
  }

  /** What the name, without quotes, means to SQL: a column, or nothing. */
  private static Set<String> namesOf(String name) {
    try {
      return NamesInSql.of(name);
    } catch (IllegalArgumentException e) {
      return Set.of();
    }
  }

  /** The value of {@code name} without any names in it. */
  private String resolve(
      String name, Settings let, Map<String, String> texts, Set<String> beingMade) {
    if (values.containsKey(name)) {
      return values.get(name);
    }
    if (!beingMade.add(name)) {
      let.refuse(name, "is made of itself: " + cycle(name, beingMade));
      return NOTHING;
    }
    Map<String, String> used = new TreeMap<>();
    for (String other : NamesInSql.of(texts.get(name))) {
      if (texts.containsKey(other)) {
        used.put(other, resolve(other, let, texts, beingMade));
      }
    }
    beingMade.remove(name);
    String value = NamesInSql.replaced(texts.get(name), used);
    if (value.length() > MOST_CHARACTERS) {
      let.refuse(name, "is longer than %,d characters with all it uses".formatted(MOST_CHARACTERS));
      value = NOTHING;
    }
    values.put(name, value);
    return value;
  }

  private static String cycle(String name, Set<String> beingMade) {
    List<String> names = new ArrayList<>(beingMade);
    List<String> cycle = new ArrayList<>(names.subList(names.indexOf(name), names.size()));
    cycle.add(name);
    return String.join(" uses ", cycle);
  }
}
