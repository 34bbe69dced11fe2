package io.itinera.core.identity;

import io.itinera.core.rule.Identifier;
import io.itinera.core.table.Ruling;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What somebody decided about two identifiers, or about one.
 *
 * @param left the smaller identifier
 * @param right the greater one; none where one alone is to be ignored
 * @param ruling what holds
 * @param reason why; empty if nobody said
 * @param at when; before all others if nobody said
 */
public record Decision(
    Identifier left, Optional<Identifier> right, Ruling ruling, String reason, Instant at) {

  /** Later decisions behind earlier ones; of those of one instant the more careful is the last. */
  private static final Comparator<Decision> ORDER =
      Comparator.comparing(Decision::at)
          .thenComparing(decision -> decision.ruling() == Ruling.NEVER)
          .thenComparing(Decision::reason);

  public Decision {
    if (right.isPresent() == (ruling == Ruling.IGNORE)) {
      throw new IllegalArgumentException(
          ruling == Ruling.IGNORE
              ? "ignore is about one identifier, not two"
              : ruling.text() + " is about two identifiers");
    }
    if (right.isPresent() && right.get().equals(left)) {
      throw new IllegalArgumentException(ruling.text() + " is about two different identifiers");
    }
    if (right.isPresent() && right.get().compareTo(left) < 0) {
      Identifier greater = left;
      left = right.get();
      right = Optional.of(greater);
    }
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }

  /** The same decision about the same identifiers, spelt otherwise. */
  public Decision spelt(UnaryOperator<Identifier> spelling) {
    return new Decision(spelling.apply(left), right.map(spelling), ruling, reason, at);
  }

  /** Those that hold: the last one about each two identifiers, and about each one. */
  public static List<Decision> holding(Collection<Decision> all) {
    TreeSet<Decision> inOrder =
        new TreeSet<>(
            ORDER
                .thenComparing(Decision::left)
                .thenComparing(decision -> decision.right().orElse(decision.left())));
    inOrder.addAll(all);
    Map<List<Object>, Decision> last = new LinkedHashMap<>();
    inOrder.forEach(decision -> last.put(List.of(decision.left(), decision.right()), decision));
    return List.copyOf(last.values());
  }
}
