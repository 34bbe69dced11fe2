package io.itinera.core.path;

import io.itinera.core.path.PathRules.Patterns;
import io.itinera.core.path.PatternTally.Known;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Which patterns are frequent, of so many journeys. */
final class FrequentPatterns {

  /** Step by step; what another begins with comes before it. */
  static final Comparator<List<String>> ORDER = FrequentPatterns::compare;

  private final Patterns rules;
  private final long[] least;

  /**
   * Of these journeys.
   *
   * @param journeys by outcome
   */
  FrequentPatterns(Patterns rules, long[] journeys) {
    this.rules = rules;
    this.least = LongStream.of(journeys).map(rules::least).toArray();
  }

  /** Patterns that may be frequent for one outcome at least, in their order. */
  Map<List<String>, Known> possible(PatternTally tally) {
    Map<List<String>, Known> possible = new TreeMap<>(ORDER);
    tally
        .patterns()
        .forEach(
            (pattern, known) -> {
              long[] most =
                  IntStream.range(0, least.length)
                      .mapToLong(i -> known.counted()[i] + known.missed()[i])
                      .toArray();
              if (pattern.size() <= tally.mostSteps() && isFrequent(most)) {
                possible.put(pattern, known);
              }
            });
    return possible;
  }

  /**
   * The patterns that are frequent for an outcome, in their order.
   *
   * @param counts how many journeys of each outcome have a pattern
   */
  List<List<String>> of(int outcome, Map<List<String>, long[]> counts) {
    List<List<String>> frequent =
        counts.keySet().stream()
            .filter(pattern -> isFrequent(counts.get(pattern)))
            .sorted(ORDER)
            .toList();
    int most = rules.mostSteps();
    while (most > 1 && count(frequent, most) > rules.mostPatterns()) {
      most--;
    }
    int mostSteps = most;
    List<List<String>> theirs =
        frequent.stream()
            .filter(pattern -> pattern.size() <= mostSteps)
            .filter(pattern -> counts.get(pattern)[outcome] >= least[outcome])
            .toList();
    return rules.onlyClosed() ? closed(theirs, outcome, counts) : theirs;
  }

  private static long count(List<List<String>> patterns, int mostSteps) {
    return patterns.stream().filter(pattern -> pattern.size() <= mostSteps).count();
  }

  private boolean isFrequent(long[] counts) {
    return IntStream.range(0, least.length).anyMatch(i -> counts[i] >= least[i]);
  }

  private static List<List<String>> closed(
      List<List<String>> patterns, int outcome, Map<List<String>, long[]> counts) {
    Map<PrefixSpan.Pattern, List<String>> names = new HashMap<>();
    Map<String, Integer> items = new HashMap<>();
    List<PrefixSpan.Pattern> all =
        patterns.stream()
            .map(
                pattern -> {
                  List<List<Integer>> elements =
                      pattern.stream()
                          .map(step -> List.of(items.computeIfAbsent(step, s -> items.size())))
                          .toList();
                  PrefixSpan.Pattern each =
                      new PrefixSpan.Pattern(elements, List.of(counts.get(pattern)[outcome]));
                  names.put(each, pattern);
                  return each;
                })
            .toList();
    return PrefixSpan.closed(all, 0).stream().map(names::get).toList();
  }

  private static int compare(List<String> one, List<String> other) {
    int steps = Math.min(one.size(), other.size());
    for (int i = 0; i < steps; i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
