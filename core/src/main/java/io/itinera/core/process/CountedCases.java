package io.itinera.core.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** All that was counted of journeys, by the names of their steps. */
final class CountedCases {

  private final long[] cases = new long[TallyCases.CASES_SIZE];
  private final Map<String, StepTally> steps = new TreeMap<>();
  private final Map<String, long[]> batches = new TreeMap<>();
  private final Map<List<String>, PairTally> pairs = new TreeMap<>(CountedCases::compare);
  private final Map<List<String>, long[]> deviating = new TreeMap<>(CountedCases::compare);
  private final List<Row> spectra = new ArrayList<>();

  /**
   * Sorts out what was gathered.
   *
   * @param rows of {@link GatherCases#OUTPUT}
   */
  static CountedCases of(List<Row> rows) {
    CountedCases counted = new CountedCases();
    rows.forEach(counted::add);
    return counted;
  }

  private static int compare(List<String> one, List<String> other) {
    int first = one.get(0).compareTo(other.get(0));
    return first != 0 ? first : one.get(1).compareTo(other.get(1));
  }

  private void add(Row row) {
    String from = row.getString(1);
    List<String> both = List.of(from, row.getString(2));
    long[] numbers = row.<Long>getList(3).stream().mapToLong(Long::longValue).toArray();
    switch (row.getString(0)) {
      case TallyCases.CASES -> System.arraycopy(numbers, 0, cases, 0, cases.length);
      case TallyCases.STEP -> steps.computeIfAbsent(from, none -> new StepTally()).add(numbers);
      case TallyCases.PAIR -> pairs.computeIfAbsent(both, none -> new PairTally()).add(numbers);
      case GatherCases.BATCHES -> batches.put(from, numbers);
      case GatherCases.DEVIATING -> deviating.put(both, numbers);
      default -> spectra.add(row);
    }
  }

  /** Journeys of the window. */
  long inWindow() {
    return cases[0];
  }

  long of(Age age) {
    return cases[1 + age.place()];
  }

  Map<String, StepTally> steps() {
    return steps;
  }

  /** Of each step, as {@link Runs#batches} tells. */
  Map<String, long[]> batches() {
    return batches;
  }

  /** Of each two steps that some journey has. */
  Map<List<String>, PairTally> pairs() {
    return pairs;
  }

  /**
   * Of those that enough journeys have to tell what is usual: checked and deviating before this
   * night, checked and deviating in it.
   */
  Map<List<String>, long[]> deviating() {
    return deviating;
  }

  /** A row of {@link GatherCases#OUTPUT} for each edge and bin. */
  List<Row> spectra() {
    return spectra;
  }
}
