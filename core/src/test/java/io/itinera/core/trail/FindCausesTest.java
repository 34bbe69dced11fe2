package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FindCausesTest {

  private static final TrailRules RULES =
      new TrailRules(List.of(), 365, Map.of(), 0.01, 10, ZoneOffset.UTC);

  @Test
  void plantedCauseComesOutOnTopAndOthersDoNot() {
    Random random = new Random(2);
    Map<String, FunnelCount[]> conditions = new TreeMap<>();
    for (int customer = 0; customer < 5_000; customer++) {
      boolean isPhone = random.nextInt(3) == 0;
      boolean drops = random.nextDouble() < (isPhone ? 0.6 : 0.4);
      int half = random.nextInt(10) < 3 ? 1 : 0;
      add(conditions, FunnelCount.ALL, half, drops);
      add(conditions, "device = " + (isPhone ? "phone" : "desktop"), half, drops);
      for (int i = 0; i < 40; i++) {
        add(conditions, "noise" + i + " = " + random.nextInt(3), half, drops);
      }
    }

    assertThat(FindCauses.causes(conditions, RULES))
        .extracting(FindCauses.Cause::condition)
        .containsExactly("device = phone");
    FindCauses.Cause cause = FindCauses.causes(conditions, RULES).get(0);
    assertThat(cause.lift()).isEqualTo(0.6 / 0.4667, within(0.1));
    assertThat(cause.holdoutLift()).isEqualTo(0.6 / 0.4667, within(0.15));
    assertThat(cause.support()).isEqualTo(1 / 3.0, within(0.03));
    assertThat(cause.dropRate()).isEqualTo(0.6, within(0.03));
    assertThat(cause.pValue()).isLessThan(1e-6);
  }

  @Test
  void nobodyIsToBlameWhereNobodyDropsOrAllDo() {
    Map<String, FunnelCount[]> conditions = new TreeMap<>();
    for (int customer = 0; customer < 100; customer++) {
      add(conditions, FunnelCount.ALL, customer % 2, true);
      add(conditions, "device = phone", customer % 2, true);
    }

    assertThat(FindCauses.causes(conditions, RULES)).isEmpty();
    assertThat(FindCauses.causes(Map.of(), RULES)).isEmpty();
  }

  private static void add(
      Map<String, FunnelCount[]> conditions, String condition, int half, boolean drops) {
    conditions
        .computeIfAbsent(condition, c -> new FunnelCount[] {new FunnelCount(), new FunnelCount()})[
        half]
        .add(!drops, drops);
  }
}
