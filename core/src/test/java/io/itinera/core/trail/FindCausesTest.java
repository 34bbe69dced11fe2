package io.itinera.core.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FindCausesTest {

  private static final TrailRules RULES =
      new TrailRules(List.of(), 365, Map.of(), 0.1, 0.01, 10, ZoneOffset.UTC);

  @Test
  void plantedCauseComesOutOnTopAndOthersDoNot() {
    Random random = new Random(2);
    Map<Condition, FunnelCount[]> conditions = new TreeMap<>();
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

    assertThat(FindCauses.causes(conditions, Map.of(), RULES))
        .extracting(cause -> cause.condition().text())
        .containsExactly("device = phone");
    FindCauses.Cause cause = FindCauses.causes(conditions, Map.of(), RULES).get(0);
    assertThat(cause.lift()).isEqualTo(0.6 / 0.4667, within(0.1));
    assertThat(cause.holdoutLift()).isEqualTo(0.6 / 0.4667, within(0.15));
    assertThat(cause.support()).isEqualTo(1 / 3.0, within(0.03));
    assertThat(cause.dropRate()).isEqualTo(0.6, within(0.03));
    assertThat(cause.pValue()).isLessThan(1e-6);
  }

  /** Slow on the phone is bad, a phone or a slow page alone is not. */
  @Test
  void pairIsACauseWhereOneAloneIsNone() {
    assertThat(causes(3, (isPhone, isSlow) -> isPhone && isSlow ? 0.7 : 0.3))
        .containsExactly("device = phone and slow = true");
  }

  /** Each does its part: who has both has both parts. That is no third cause. */
  @Test
  void pairIsNoCauseWhereEachDoesItsPart() {
    assertThat(causes(4, (isPhone, isSlow) -> 0.2 + (isPhone ? 0.2 : 0) + (isSlow ? 0.2 : 0)))
        .containsExactlyInAnyOrder("device = phone", "slow = true");
  }

  /** Phones are bad, slow ones are worse: both are told, and what explains most drops first. */
  @Test
  void conditionAndPairAreToldWhereBothCount() {
    assertThat(causes(5, (isPhone, isSlow) -> isPhone ? isSlow ? 0.9 : 0.5 : 0.2))
        .contains("device = phone", "device = phone and slow = true")
        .doesNotContain("slow = true");
  }

  private interface Drop {
    double chance(boolean isPhone, boolean isSlow);
  }

  private static List<String> causes(long seed, Drop drop) {
    Random random = new Random(seed);
    PairCounts pairs = new PairCounts();
    Map<Condition, FunnelCount[]> conditions = new TreeMap<>();
    Map<Condition, FunnelCount[]> waiting = new TreeMap<>();
    for (int customer = 0; customer < 6_000; customer++) {
      boolean isPhone = random.nextInt(3) == 0;
      boolean isSlow = random.nextInt(3) == 0;
      boolean drops = random.nextDouble() < drop.chance(isPhone, isSlow);
      int half = random.nextInt(10) < 3 ? 1 : 0;
      Set<String> there = new TreeSet<>();
      there.add("device = " + (isPhone ? "phone" : "desktop"));
      there.add("slow = " + isSlow);
      for (int i = 0; i < 8; i++) {
        there.add("noise" + i + " = " + random.nextInt(4));
      }
      Set<String> behind = Set.of("then web:" + random.nextInt(5));
      add(conditions, FunnelCount.ALL, half, drops);
      there.forEach(condition -> add(conditions, condition, half, drops));
      add(waiting, FunnelCount.ALL, half, drops);
      behind.forEach(condition -> add(waiting, condition, half, drops));
      there.forEach(condition -> add(waiting, condition, half, drops));
      pairs.at("f", 0, Crowd.arrived(half == 1)).add(there, !drops);
      pairs.at("f", 0, Crowd.waiting(half == 1)).add(there, behind, !drops);
    }
    pairs.forEach(
        (key, count) ->
            (Crowd.of(key.kind()).orElseThrow().isWaiting() ? waiting : conditions)
                    .computeIfAbsent(
                        new Condition(key.value(), key.name()),
                        condition -> new FunnelCount[] {new FunnelCount(), new FunnelCount()})[
                    Crowd.of(key.kind()).orElseThrow().isHeldOut() ? 1 : 0] =
                count);
    return FindCauses.causes(conditions, waiting, RULES).stream()
        .map(cause -> cause.condition().text())
        .toList();
  }

  @Test
  void nobodyIsToBlameWhereNobodyDropsOrAllDo() {
    Map<Condition, FunnelCount[]> conditions = new TreeMap<>();
    for (int customer = 0; customer < 100; customer++) {
      add(conditions, FunnelCount.ALL, customer % 2, true);
      add(conditions, "device = phone", customer % 2, true);
    }

    assertThat(FindCauses.causes(conditions, Map.of(), RULES)).isEmpty();
    assertThat(FindCauses.causes(Map.of(), Map.of(), RULES)).isEmpty();
  }

  private static void add(
      Map<Condition, FunnelCount[]> conditions, String condition, int half, boolean drops) {
    conditions
        .computeIfAbsent(
            Condition.of(condition), c -> new FunnelCount[] {new FunnelCount(), new FunnelCount()})[
        half]
        .add(!drops, drops);
  }
}
