package io.itinera.core.customer;

import io.itinera.core.table.Profiles;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of a customer's profiles each personal attribute of the card comes from.
 *
 * @param usual the rule of attributes and groups that have none of their own
 * @param rules attribute or group to its rule
 * @param sources from the most trusted on, for {@link Rule#SOURCE_ORDER}; those that are not here
 *     come behind them, all alike
 * @param groups name to attributes that all come from one profile
 */
public record Survivorship(
    Rule usual, Map<String, Rule> rules, List<String> sources, Map<String, List<String>> groups) {

  /** Attributes that survive by rules: personal columns of profiles. */
  public static final List<String> ATTRIBUTES =
      List.of(
          Profiles.FIRST_NAME,
          Profiles.LAST_NAME,
          Profiles.EMAIL,
          Profiles.PHONE,
          Profiles.BIRTH_DATE,
          Profiles.GENDER,
          Profiles.STREET,
          Profiles.CITY,
          Profiles.POSTAL_CODE,
          Profiles.COUNTRY);

  /** The latest word counts, and an address moves as one. */
  public static final Survivorship USUAL =
      new Survivorship(
          Rule.MOST_RECENT,
          Map.of(),
          List.of(),
          Map.of(
              "address",
              List.of(Profiles.STREET, Profiles.CITY, Profiles.POSTAL_CODE, Profiles.COUNTRY)));

  /** Which of the profiles that have an attribute wins; of equally good ones the latest does. */
  public enum Rule {
    /** The one that was updated last. */
    MOST_RECENT,
    /** The one that has most of the group, then most of all attributes. */
    MOST_FILLED,
    /** The one of the most trusted source. */
    SOURCE_ORDER
  }

  public Survivorship {
    rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    sources = List.copyOf(sources);
    groups = Collections.unmodifiableMap(new TreeMap<>(groups));
    Set<String> ruled = new TreeSet<>(ATTRIBUTES);
    groups.forEach((name, attributes) -> requireGroup(name, attributes, ruled));
    ruled.addAll(groups.keySet());
    for (String name : rules.keySet()) {
      if (!ruled.contains(name)) {
        throw new IllegalArgumentException(
            "rules.%s is neither a group nor an attribute outside of groups; these are %s"
                .formatted(name, String.join(", ", ruled)));
      }
    }
    boolean ordersSources = usual == Rule.SOURCE_ORDER || rules.containsValue(Rule.SOURCE_ORDER);
    if (ordersSources && sources.isEmpty()) {
      throw new IllegalArgumentException(
          "source-order needs sources, the most trusted first, such as sources = [crm, web_shop]");
    }
  }

  /** Takes the attributes of a group from those that are {@code free}. */
  private static void requireGroup(String name, List<String> attributes, Set<String> free) {
    if (ATTRIBUTES.contains(name)) {
      throw new IllegalArgumentException(
          "groups.%1$s is named as the attribute %1$s; give it another name".formatted(name));
    }
    if (attributes.isEmpty()) {
      throw new IllegalArgumentException(
          "groups.%s has no attribute; set it to null if there is no such group".formatted(name));
    }
    for (String attribute : attributes) {
      if (!free.remove(attribute)) {
        throw new IllegalArgumentException(
            "groups.%s has %s, which is no attribute, or is in a group already; attributes are %s"
                .formatted(name, attribute, String.join(", ", ATTRIBUTES)));
      }
    }
  }

  /** The rule of an attribute or group. */
  Rule rule(String name) {
    return rules.getOrDefault(name, usual);
  }

  /** The attributes that are in no group. */
  List<String> single() {
    return ATTRIBUTES.stream()
        .filter(name -> groups.values().stream().noneMatch(group -> group.contains(name)))
        .toList();
  }
}
