package io.itinera.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.itinera.core.identity.EvidenceGraph.Step;
import io.itinera.core.rule.Identifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvidenceGraphTest {

  @Test
  void wayOverFewestEdgesIsTakenAndOfTwoTheFirst() {
    EvidenceGraph graph = graph("a-b", "b-c", "c-d", "a-x", "x-d", "a-e", "e-d");

    assertThat(graph.path(ids("a"), ids("d")))
        .hasValue(List.of(new Step(id("a"), id("e")), new Step(id("e"), id("d"))));
    assertThat(graph.path(ids("c"), ids("a", "z")).orElseThrow()).hasSize(2);
  }

  @Test
  void nothingLeadsToWhatIsNotConnectedAndNoStepToItself() {
    EvidenceGraph graph = graph("a-b", "c-d");

    assertThat(graph.path(ids("a"), ids("d"))).isEmpty();
    assertThat(graph.path(ids("a"), ids("unheard of"))).isEmpty();
    assertThat(graph.path(ids("a", "b"), ids("b"))).hasValue(List.of());
  }

  @Test
  void bridgeHoldsTwoPartsTogetherButNoSingleIdentifier() {
    assertThat(graph("a-b", "b-c", "c-a", "c-d", "d-e", "e-f", "f-d", "f-leaf").bridges())
        .containsExactly(new Step(id("c"), id("d")));
    assertThat(graph("a-b", "b-c").bridges()).isEmpty();
    assertThat(graph("a-b", "b-c", "c-d").bridges()).containsExactly(new Step(id("b"), id("c")));
    assertThat(graph("a-b", "a-b", "b-c", "c-d").bridges())
        .containsExactly(new Step(id("b"), id("c")));
    assertThat(graph("a-b", "b-c", "b-c", "c-d").bridges()).isEmpty();
  }

  @Test
  void bridgesAreTheEdgesThatTakenAwayLeaveTwoParts() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Set<List<Integer>> pairs = new HashSet<>();
      int size = 2 + random.nextInt(9);
      for (int edges = random.nextInt(2 * size); edges >= 0; edges--) {
        int left = random.nextInt(size);
        int right = random.nextInt(size);
        if (left != right) {
          pairs.add(List.of(Math.min(left, right), Math.max(left, right)));
        }
      }
      List<Step> steps = pairs.stream().map(EvidenceGraphTest::step).toList();

      assertThat(new EvidenceGraph(steps).bridges()).hasSameElementsAs(splitting(steps));
    }
  }

  private static List<Step> splitting(List<Step> steps) {
    return steps.stream()
        .filter(
            step -> {
              List<Step> others = new ArrayList<>(steps);
              others.remove(step);
              Set<Identifier> one = reached(others, step.left());
              return !one.contains(step.right())
                  && one.size() > 1
                  && reached(others, step.right()).size() > 1;
            })
        .toList();
  }

  private static Set<Identifier> reached(List<Step> steps, Identifier start) {
    Set<Identifier> reached = new TreeSet<>(Set.of(start));
    while (steps.stream()
        .anyMatch(
            step ->
                (reached.contains(step.left()) && reached.add(step.right()))
                    || (reached.contains(step.right()) && reached.add(step.left())))) {}
    return reached;
  }

  private static Step step(List<Integer> pair) {
    return new Step(id("n" + pair.get(0)), id("n" + pair.get(1)));
  }

  private static EvidenceGraph graph(String... edges) {
    return new EvidenceGraph(
        Stream.of(edges)
            .map(edge -> edge.split("-"))
            .map(ends -> new Step(id(ends[0]), id(ends[1])))
            .toList());
  }

  private static Set<Identifier> ids(String... values) {
    return new TreeSet<>(Stream.of(values).map(EvidenceGraphTest::id).toList());
  }

  private static Identifier id(String value) {
    return new Identifier("email", value);
  }
}
