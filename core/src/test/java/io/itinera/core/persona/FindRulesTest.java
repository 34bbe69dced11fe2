package io.itinera.core.persona;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindRulesTest {

  private static final List<String> FEATURES = List.of("orders", "page views");

  @Test
  void aRuleIsTheWayToItsGroup() {
    List<double[]> customers = List.of(at(0, 1), at(0, 2), at(0, 90), at(5, 90), at(9, 1));

    assertThat(FindRules.rules(FEATURES, customers, new int[] {0, 0, 1, 2, 2}))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                0, "orders <= 2.5 and `page views` <= 46",
                1, "`page views` > 46 and orders <= 2.5",
                2, "orders > 2.5"));
  }

  @Test
  void aGroupInTwoPlacesHasTwoConditions() {
    List<double[]> customers = List.of(at(0, 1), at(0, 2), at(4, 3), at(4, 4), at(9, 5), at(9, 6));

    assertThat(FindRules.rules(FEATURES, customers, new int[] {0, 0, 1, 1, 0, 0}))
        .containsEntry(0, "orders <= 2 or orders > 6.5")
        .containsEntry(1, "orders > 2 and orders <= 6.5");
  }

  @Test
  void borderHasAsManyDigitsAsItTakes() {
    List<double[]> customers =
        List.of(at(10000.2, 0), at(10000.1, 0), at(10000.4, 0), at(10000.5, 0));

    assertThat(FindRules.rules(FEATURES, customers, new int[] {0, 0, 1, 1}))
        .containsEntry(0, "orders <= 10000.3");
  }

  @Test
  void everybodyAlikeIsARuleThatHoldsForAll() {
    assertThat(FindRules.rules(FEATURES, List.of(at(1, 1), at(1, 1)), new int[] {0, 0}))
        .containsExactly(Map.entry(0, "true"));
  }

  private static double[] at(double orders, double pageViews) {
    return new double[] {orders, pageViews};
  }
}
