package io.itinera.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.itinera.core.identity.JoinGroups.Edge;
import io.itinera.core.identity.JoinGroups.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinGroupsTest {

  private static final int EMAIL = GroupLimits.UNLIMITED;
  private static final GroupLimits LIMITS = new GroupLimits(Map.of("crm_id", 1, "phone", 2), 4);
  private static final int CRM = LIMITS.kind("crm_id");
  private static final int PHONE = LIMITS.kind("phone");

  private final JoinGroups groups = new JoinGroups(LIMITS);

  @Test
  void aSecondCrmIdDoesNotJoin() {
    assertThat(groups.join(new Edge(1, CRM, 7, EMAIL))).isEqualTo(Verdict.JOINED);
    assertThat(groups.join(new Edge(2, CRM, 7, EMAIL))).isEqualTo(Verdict.CONFLICT);
    assertThat(LIMITS.types().get(groups.conflictingKind())).isEqualTo("crm_id");
    assertThat(groups.groupOf(7)).isEqualTo(1);
    assertThat(groups.groupOf(2)).isEqualTo(2);
  }

  @Test
  void twoCrmIdsThatAreSaidToBeTheSameCountAsOne() {
    assertThat(groups.joinAsSame(new Edge(1, CRM, 2, CRM))).isEqualTo(Verdict.JOINED);
    assertThat(groups.join(new Edge(2, CRM, 7, EMAIL))).isEqualTo(Verdict.JOINED);
    assertThat(groups.join(new Edge(3, CRM, 7, EMAIL))).isEqualTo(Verdict.CONFLICT);
  }

  @Test
  void strangersAreKeptApartThroughOthersToo() {
    groups.keepApart(1, 9);
    assertThat(groups.join(new Edge(1, CRM, 5, EMAIL))).isEqualTo(Verdict.JOINED);
    assertThat(groups.join(new Edge(9, EMAIL, 6, EMAIL))).isEqualTo(Verdict.JOINED);
    assertThat(groups.join(new Edge(5, EMAIL, 6, EMAIL))).isEqualTo(Verdict.DENIED);
    assertThat(groups.joinAsSame(new Edge(1, CRM, 9, EMAIL))).isEqualTo(Verdict.DENIED);
  }

  @Test
  void aGroupStopsAtItsMostIdentifiers() {
    for (int node = 2; node <= 4; node++) {
      assertThat(groups.join(new Edge(1, EMAIL, node, EMAIL))).isEqualTo(Verdict.JOINED);
    }
    assertThat(groups.join(new Edge(1, EMAIL, 5, EMAIL))).isEqualTo(Verdict.OVER_LIMIT);
    assertThat(groups.join(new Edge(2, EMAIL, 4, EMAIL))).isEqualTo(Verdict.JOINED);
  }

  @Test
  void limitsBelowOneAreRefused() {
    assertThatThrownBy(() -> new GroupLimits(Map.of("crm_id", 0), 100))
        .hasMessage("max-per-customer of crm_id must be at least 1, was 0");
    assertThatThrownBy(() -> new GroupLimits(Map.of(), 1))
        .hasMessage("max-identifiers must be at least 2, was 1");
  }

  /** Groups as sets of nodes, joined after looking at every member. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithPlainLoopOverSets(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      agreesOnce(random);
    }
  }

  private static void agreesOnce(Random random) {
    int nodes = 2 + random.nextInt(12);
    int[] kinds = random.ints(nodes, -1, 2).toArray();
    JoinGroups groups = new JoinGroups(LIMITS);
    Set<List<Integer>> strangers = new HashSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<Integer> pair = List.of(random.nextInt(nodes), random.nextInt(nodes));
      if (!pair.get(0).equals(pair.get(1))) {
        strangers.add(pair);
        groups.keepApart(pair.get(0), pair.get(1));
      }
    }
    Map<Integer, Set<Integer>> sets = new HashMap<>();
    for (int node = 0; node < nodes; node++) {
      sets.put(node, new HashSet<>(Set.of(node)));
    }
    for (int i = 0; i < 30; i++) {
      int left = random.nextInt(nodes);
      int right = random.nextInt(nodes);
      Verdict expected = plain(left, right, kinds, sets, strangers);
      assertThat(groups.join(new Edge(left, kinds[left], right, kinds[right]))).isEqualTo(expected);
    }
    sets.forEach(
        (node, set) ->
            assertThat(groups.groupOf(node))
                .isEqualTo(set.stream().mapToInt(Integer::intValue).min().orElseThrow()));
  }

  private static Verdict plain(
      int left,
      int right,
      int[] kinds,
      Map<Integer, Set<Integer>> sets,
      Set<List<Integer>> strangers) {
    if (sets.get(left) == sets.get(right)) {
      return Verdict.JOINED;
    }
    List<Integer> both = new ArrayList<>(sets.get(left));
    both.addAll(sets.get(right));
    if (strangers.stream().anyMatch(both::containsAll)) {
      return Verdict.DENIED;
    }
    if (count(both, kinds, CRM) > 1 || count(both, kinds, PHONE) > 2) {
      return Verdict.CONFLICT;
    }
    if (both.size() > 4) {
      return Verdict.OVER_LIMIT;
    }
    Set<Integer> joined = new HashSet<>(both);
    both.forEach(node -> sets.put(node, joined));
    return Verdict.JOINED;
  }

  private static long count(List<Integer> nodes, int[] kinds, int kind) {
    return nodes.stream().filter(node -> kinds[node] == kind).count();
  }
}
