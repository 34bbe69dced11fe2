package io.itinera.jobs.worlds;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where many nights gave other tables than one.
 *
 * @param customers to the seed of their world, to tell whose rows differ
 */
record Findings(List<Difference> differences, Map<String, Long> customers) {

  /** Seeds of the worlds whose people the rows name that differ. */
  SortedSet<Long> seeds() {
    SortedSet<Long> seeds = new TreeSet<>();
    differences.forEach(difference -> seeds.addAll(difference.seeds(customers)));
    return seeds;
  }

  @Override
  public String toString() {
    return differences.stream()
        .map(difference -> "seeds %s, table %s".formatted(difference.seeds(customers), difference))
        .collect(joining("\n"));
  }
}
