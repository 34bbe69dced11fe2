package io.itinera.core.trail;

import io.itinera.core.trail.FunnelCount.Alike;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * How many customers of a partition go on and drop under each two conditions. What happened behind
 * a step is paired with what was true at it, and not with what else happened.
 */
final class PairCounts {

  private static final long LOW = 0xFFFF_FFFFL;

  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private final Map<Place, Pairs> places = new HashMap<>();

  private record Place(String funnel, int step, Crowd crowd) {}

  /** The pairs at a step of a funnel. */
  Pairs at(String funnel, int step, Crowd crowd) {
    return places.computeIfAbsent(new Place(funnel, step, crowd), place -> new Pairs());
  }

  /** Tells all counts: of each pair one, whose name comes behind its value. */
  void forEach(BiConsumer<Alike, FunnelCount> told) {
    places.forEach(
        (place, pairs) ->
            pairs.counts.forEach(
                (pair, count) -> {
                  String one = conditions.get((int) (pair >>> Integer.SIZE));
                  String other = conditions.get((int) (pair & LOW));
                  boolean isInOrder = one.compareTo(other) < 0;
                  told.accept(
                      new Alike(
                          place.crowd().kindOfBoth(),
                          place.funnel(),
                          place.step(),
                          isInOrder ? other : one,
                          isInOrder ? one : other),
                      count);
                }));
  }

  private int code(String condition) {
    Integer known = codes.get(condition);
    if (known == null) {
      known = conditions.size();
      codes.put(condition, known);
      conditions.add(condition);
    }
    return known;
  }

  /** Of one step. */
  final class Pairs {
    private final Map<Long, FunnelCount> counts = new HashMap<>();

    /** One more customer: each two of what was true at the step. */
    void add(Set<String> there, boolean goesOn) {
      int[] codes = codes(there);
      for (int i = 0; i < codes.length; i++) {
        for (int j = i + 1; j < codes.length; j++) {
          add(codes[i], codes[j], goesOn);
        }
      }
    }

    /** One more customer: what was true at the step, and what happened after it. */
    void add(Set<String> there, Set<String> behind, boolean goesOn) {
      int[] others = codes(behind);
      for (int one : codes(there)) {
        for (int other : others) {
          add(one, other, goesOn);
        }
      }
    }

    private int[] codes(Set<String> some) {
      return some.stream().mapToInt(PairCounts.this::code).toArray();
    }

    private void add(int one, int other, boolean goesOn) {
      long pair = (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
      counts.computeIfAbsent(pair, key -> new FunnelCount()).add(goesOn, !goesOn);
    }
  }
}
