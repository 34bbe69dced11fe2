package io.itinera.core.identity;

import static java.util.Comparator.nullsLast;

import io.itinera.core.rule.Identifier;
import io.itinera.core.table.Ruling;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An edge as a plain loop sees it. */
record PlainEdge(Identifier left, Identifier right, Instant at, Optional<Ruling> ruling) {

  static final Comparator<List<Identifier>> PAIRS =
      Comparator.comparing((List<Identifier> pair) -> pair.get(0))
          .thenComparing(pair -> pair.get(1));

  /** The order in which edges are accepted. */
  static Comparator<PlainEdge> order(List<String> ranks) {
    return Comparator.comparing(PlainEdge::isAlways)
        .reversed()
        .thenComparing(
            edge -> Math.max(ranks.indexOf(edge.left().type()), ranks.indexOf(edge.right().type())))
        .thenComparing(PlainEdge::at, nullsLast(Comparator.reverseOrder()))
        .thenComparing(PlainEdge::left)
        .thenComparing(PlainEdge::right);
  }

  boolean isAlways() {
    return ruling.equals(Optional.of(Ruling.ALWAYS));
  }

  boolean isNever() {
    return ruling.equals(Optional.of(Ruling.NEVER));
  }

  PlainEdge later(PlainEdge other) {
    return at.isBefore(other.at) ? other : this;
  }

  String name() {
    return NamedRecord.text(left) + " " + NamedRecord.text(right);
  }
}
