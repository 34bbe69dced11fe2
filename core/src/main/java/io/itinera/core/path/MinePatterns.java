package io.itinera.core.path;

import io.itinera.core.path.PathRules.Patterns;
import io.itinera.core.path.PatternTally.Known;
import io.itinera.core.path.PrefixSpan.Sequence;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds what is frequent in a part of the journeys that fits into memory.
 *
 * @param rules what is frequent
 * @param mostFound so many patterns at most are found in a part
 */
record MinePatterns(Patterns rules, int mostFound) implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Paths alike.
   *
   * @param outcome its place in {@link FindFrequentPaths#OUTCOMES}
   * @param journeys how many have the path
   */
  record Alike(int outcome, List<String> path, long journeys) {}

  /** The patterns of {@code paths} that are frequent for one outcome at least. */
  PatternTally tally(List<Alike> paths) {
    int outcomes = FindFrequentPaths.OUTCOMES.size();
    long[] journeys = new long[outcomes];
    paths.forEach(path -> journeys[path.outcome()] += path.journeys());
    long[] least = new long[outcomes];
    long[] below = new long[outcomes];
    for (int i = 0; i < outcomes; i++) {
      least[i] = rules.least(journeys[i]);
      below[i] = Math.min(least[i] - 1, journeys[i]);
    }
    List<String> steps = steps(paths);
    PrefixSpan search = new PrefixSpan(least, rules.mostSteps(), mostFound);
    Map<List<String>, Known> found = new HashMap<>();
    for (PrefixSpan.Pattern pattern : search.patterns(sequences(paths, steps))) {
      List<String> names = pattern.elements().stream().map(item -> steps.get(item.get(0))).toList();
      long[] counts = pattern.supports().stream().mapToLong(Long::longValue).toArray();
      found.put(names, new Known(counts, new long[outcomes]));
    }
    return new PatternTally(found, new Known(journeys, below), search.mostElements());
  }

  /** The same with all of {@code others} counted, too, so that nothing is silent about them. */
  PatternTally tally(List<Alike> paths, Collection<List<String>> others) {
    PatternTally tally = tally(paths);
    Set<List<String>> either = new TreeSet<>(FrequentPatterns.ORDER);
    either.addAll(others);
    either.addAll(tally.patterns().keySet());
    List<List<String>> patterns = List.copyOf(either);
    long[][] counts = new CountPatterns(patterns).counts(paths);
    Map<List<String>, Known> known = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      known.put(patterns.get(i), new Known(counts[i], new long[counts[i].length]));
    }
    long[] journeys = tally.journeys();
    return new PatternTally(
        known, new Known(journeys, new long[journeys.length]), tally.mostSteps());
  }

  private static List<String> steps(List<Alike> paths) {
    TreeSet<String> names = new TreeSet<>();
    paths.forEach(path -> names.addAll(path.path()));
    return List.copyOf(names);
  }

  private static List<Sequence> sequences(List<Alike> paths, List<String> steps) {
    Map<String, List<Integer>> elements =
        IntStream.range(0, steps.size()).boxed().collect(Collectors.toMap(steps::get, List::of));
    return paths.stream()
        .map(
            path ->
                new Sequence(
                    path.path().stream().map(elements::get).toList(),
                    path.outcome(),
                    path.journeys()))
        .toList();
  }
}
