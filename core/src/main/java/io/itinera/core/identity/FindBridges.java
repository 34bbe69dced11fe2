package io.itinera.core.identity;

import io.itinera.core.identity.EvidenceGraph.Step;
import io.itinera.core.rule.Identifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One walk through a graph, depth first, that finds its bridges: an edge down to where no other
 * edge leads back up. Both parts that a bridge holds together have two identifiers at least.
 */
final class FindBridges {

  private final Map<Identifier, List<Identifier>> neighbours;
  private final Map<Identifier, Place> places = new HashMap<>();

  FindBridges(Map<Identifier, List<Identifier>> neighbours) {
    this.neighbours = neighbours;
  }

  /** An identifier that the walk has come to. */
  private static final class Place {
    private final Identifier identifier;
    private final Place parent;
    private final int order;
    private final Iterator<Identifier> left;

    /** The first place that can be got back to from here or below, not by the edge from above. */
    private int earliest;

    /** How many places are here and below. */
    private int size = 1;

    /** Whether one edge to the place above was met: a second one is another way back. */
    private boolean hasMetParent;

    Place(Identifier identifier, Place parent, int order, Iterator<Identifier> left) {
      this.identifier = identifier;
      this.parent = parent;
      this.order = order;
      this.left = left;
      this.earliest = order;
    }
  }

  List<Step> found() {
    List<Step> bridges = new ArrayList<>();
    for (Identifier start : neighbours.keySet()) {
      if (!places.containsKey(start)) {
        bridges.addAll(from(start));
      }
    }
    return bridges;
  }

  private List<Step> from(Identifier start) {
    List<Place> done = new ArrayList<>();
    Deque<Place> way = new ArrayDeque<>();
    way.push(arrive(start, null));
    while (!way.isEmpty()) {
      Place here = way.peek();
      if (here.left.hasNext()) {
        look(here, here.left.next(), way);
      } else {
        done.add(way.pop());
        leave(here);
      }
    }
    int all = done.size();
    return done.stream()
        .filter(place -> place.parent != null && place.earliest > place.parent.order)
        .filter(place -> place.size > 1 && all - place.size > 1)
        .map(place -> new Step(place.parent.identifier, place.identifier))
        .toList();
  }

  private Place arrive(Identifier identifier, Place parent) {
    Place place =
        new Place(identifier, parent, places.size(), neighbours.get(identifier).iterator());
    places.put(identifier, place);
    return place;
  }

  private void look(Place here, Identifier neighbour, Deque<Place> way) {
    Place there = places.get(neighbour);
    if (there == null) {
      way.push(arrive(neighbour, here));
    } else if (there == here.parent && !here.hasMetParent) {
      here.hasMetParent = true;
    } else {
      here.earliest = Math.min(here.earliest, there.order);
    }
  }

  private static void leave(Place place) {
    if (place.parent != null) {
      place.parent.earliest = Math.min(place.parent.earliest, place.earliest);
      place.parent.size += place.size;
    }
  }
}
