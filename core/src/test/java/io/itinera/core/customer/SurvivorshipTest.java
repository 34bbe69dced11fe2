package io.itinera.core.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.customer.Survivorship.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules of survivorship cannot be, and what is said of it. */
class SurvivorshipTest {

  @Test
  void whatHasNoRuleOfItsOwnHasTheUsualOne() {
    Survivorship rules =
        new Survivorship(
            Rule.MOST_FILLED,
            Map.of("phone", Rule.MOST_RECENT),
            List.of(),
            Survivorship.USUAL.groups());

    assertThat(rules.rule("phone")).isEqualTo(Rule.MOST_RECENT);
    assertThat(rules.rule("address")).isEqualTo(Rule.MOST_FILLED);
    assertThat(rules.single()).contains("email", "phone").doesNotContain("city", "country");
  }

  @Test
  void whatIsRuledMustBeThere() {
    assertThatThrownBy(() -> rules(Map.of("city", Rule.MOST_FILLED), List.of(), Map.of()))
        .as("city is in a group")
        .hasMessageStartingWith("rules.city is neither a group nor an attribute outside of groups")
        .hasMessageContaining("address, birth_date, email");
  }

  @Test
  void orderOfSourcesNeedsSources() {
    assertThatThrownBy(() -> rules(Map.of("email", Rule.SOURCE_ORDER), List.of(), Map.of()))
        .hasMessageStartingWith("source-order needs sources");
    assertThat(rules(Map.of("email", Rule.SOURCE_ORDER), List.of("crm"), Map.of()).sources())
        .containsExactly("crm");
  }

  @Test
  void attributeIsInOneGroupAndGroupsHaveNamesOfTheirOwn() {
    assertThatThrownBy(() -> rules(Map.of(), List.of(), Map.of("place", List.of("city"))))
        .hasMessageStartingWith("groups.place has city, which is no attribute, or is in a group");
    assertThatThrownBy(() -> rules(Map.of(), List.of(), Map.of("x", List.of("shoe_size"))))
        .hasMessageStartingWith("groups.x has shoe_size");
    assertThatThrownBy(() -> rules(Map.of(), List.of(), Map.of("x", List.of())))
        .hasMessageStartingWith("groups.x has no attribute");
    assertThatThrownBy(() -> rules(Map.of(), List.of(), Map.of("email", List.of("phone"))))
        .hasMessageStartingWith("groups.email is named as the attribute email");
  }

  /** With more groups beside the address. */
  private static Survivorship rules(
      Map<String, Rule> rules, List<String> sources, Map<String, List<String>> more) {
    Map<String, List<String>> groups = new java.util.TreeMap<>(more);
    groups.putAll(Survivorship.USUAL.groups());
    return new Survivorship(Rule.MOST_RECENT, rules, sources, groups);
  }
}
