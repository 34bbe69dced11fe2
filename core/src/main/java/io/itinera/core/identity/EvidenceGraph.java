package io.itinera.core.identity;

import io.itinera.core.rule.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Identifiers, and the edges of evidence between them: what led from one to another. */
public final class EvidenceGraph {

  private final Map<Identifier, List<Identifier>> neighbours = new HashMap<>();

  /**
   * An edge as it is gone along.
   *
   * @param from where one comes from
   * @param to where one gets to
   */
  public record Step(Identifier from, Identifier to) {

    /** The smaller identifier, as edges have it on the left. */
    public Identifier left() {
      return from.compareTo(to) < 0 ? from : to;
    }

    /** The greater identifier. */
    public Identifier right() {
      return from.compareTo(to) < 0 ? to : from;
    }
  }

  /** A graph of these edges; which way round each is given does not matter. */
  public EvidenceGraph(Collection<Step> edges) {
    for (Step edge : edges) {
      neighbours.computeIfAbsent(edge.from(), key -> new ArrayList<>()).add(edge.to());
      neighbours.computeIfAbsent(edge.to(), key -> new ArrayList<>()).add(edge.from());
    }
    neighbours.values().forEach(Collections::sort);
  }

  /**
   * The way from one of some identifiers to one of others over the fewest edges; of several the
   * first in the order of identifiers.
   *
   * @return no steps if an identifier is in both; nothing if no way leads there
   */
  public Optional<List<Step>> path(Set<Identifier> from, Set<Identifier> to) {
    Map<Identifier, Identifier> cameFrom = new HashMap<>();
    Deque<Identifier> next = new ArrayDeque<>(new TreeSet<>(from));
    next.forEach(start -> cameFrom.put(start, start));
    while (!next.isEmpty()) {
      Identifier here = next.remove();
      if (to.contains(here)) {
        return Optional.of(steps(here, cameFrom));
      }
      for (Identifier neighbour : neighbours.getOrDefault(here, List.of())) {
        if (cameFrom.putIfAbsent(neighbour, here) == null) {
          next.add(neighbour);
        }
      }
    }
    return Optional.empty();
  }

  private static List<Step> steps(Identifier end, Map<Identifier, Identifier> cameFrom) {
    List<Step> steps = new ArrayList<>();
    for (Identifier at = end; !cameFrom.get(at).equals(at); at = cameFrom.get(at)) {
      steps.add(new Step(cameFrom.get(at), at));
    }
    Collections.reverse(steps);
    return steps;
  }

  /**
   * The edges without which the identifiers would fall into two parts of two or more each. An edge
   * to an identifier that has no other is none of them: without it nobody would be split.
   *
   * <p>By Tarjan's algorithm (A note on finding the bridges of a graph, 1974), without recursion.
   *
   * @return in the order of identifiers
   */
  public List<Step> bridges() {
    return new FindBridges(neighbours)
        .found().stream()
            .map(step -> new Step(step.left(), step.right()))
            .sorted(Comparator.comparing(Step::left).thenComparing(Step::right))
            .toList();
  }
}
